//! A function that returns a future which it does not write out.

use etiquette::{Stopped, with_timeout};
use std::pin::Pin;

async fn inner() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
fn opaque() -> impl Future<Output = Result<(), Stopped>> {
    inner()
}

#[with_timeout(5s)]
fn boxed() -> Pin<Box<dyn Future<Output = Result<(), Stopped>>>> {
    Box::pin(inner())
}

fn main() {
    let _ = (opaque(), boxed());
}

// H111
