//! Values that are not the whole return value.

use etiquette::{Stopped, fallback};

#[fallback(Vec::new())]
async fn without_ok() -> Result<Vec<u32>, Stopped> {
    Ok(vec![1])
}

#[fallback(Ok("none"))]
async fn of_another_type() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(with = |_| Vec::new())]
async fn closure_without_ok() -> Result<Vec<u32>, Stopped> {
    Ok(vec![1])
}

#[fallback(with = |error| { wait().await; error })]
async fn awaiting_closure_without_ok() -> Result<u32, Stopped> {
    Ok(1)
}

async fn wait() {}

fn main() {
    let _ = (without_ok(), of_another_type(), closure_without_ok(), awaiting_closure_without_ok());
}
