//! Functions that do not take the error, or do not answer.

use etiquette::{Stopped, fallback};

fn by_reference(_: &Stopped) -> Result<u32, Stopped> {
    Ok(0)
}

async fn waits(_: Stopped) -> Result<u32, Stopped> {
    Ok(0)
}

fn no_bool(_: &Stopped) -> u32 {
    0
}

#[fallback(with = by_reference)]
async fn a_reference() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(with = waits)]
async fn an_async_fn() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(with = || Ok(0))]
async fn without_parameter() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(Ok(0), when = no_bool)]
async fn not_a_bool() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(Ok(0), when = |error: Stopped| error.is_timeout())]
async fn when_by_value() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    let _ = (a_reference(), an_async_fn(), without_parameter(), not_a_bool(), when_by_value());
}
