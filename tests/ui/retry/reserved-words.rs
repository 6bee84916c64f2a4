//! Words of `#[retry]` win over parameters of the same name.

use etiquette::{Stopped, retry};

#[retry(when = any)]
async fn when(any: bool) -> Result<(), Stopped> {
    Ok(())
}

#[retry(jitter = full)]
async fn jitter(full: f64) -> Result<(), Stopped> {
    Ok(())
}

#[retry(budget = none)]
async fn budget(none: u8) -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = forever, max_elapsed = 1s)]
async fn attempts(forever: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (when(true), jitter(0.5), budget(1), attempts(1));
}
