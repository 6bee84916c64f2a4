//! Limits that are no number of bodies, or not known before the first call.

use etiquette::{Stopped, blocking};

#[blocking(limit = 0)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[blocking(limit = n)]
async fn an_argument(n: usize) -> Result<usize, Stopped> {
    Ok(n)
}

#[blocking(limit = 4s)]
async fn a_time() -> Result<(), Stopped> {
    Ok(())
}

#[blocking(4)]
async fn positional() -> Result<(), Stopped> {
    Ok(())
}

#[blocking(max = 4, threads = 4, concurrency = 4)]
async fn other_names() -> Result<(), Stopped> {
    Ok(())
}

#[blocking(limti = 4)]
async fn misspelt() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (zero(), an_argument(1), a_time(), positional(), other_names(), misspelt());
}

// H154, H162
