//! A path that leads to no such crate.

use etiquette::{Stopped, retry, with_timeout};

#[retry(crate = ::etiqette)]
async fn nowhere() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, crate = ::tokio)]
async fn elsewhere() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (nowhere(), elsewhere());
}
