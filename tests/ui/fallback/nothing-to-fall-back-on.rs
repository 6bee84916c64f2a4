//! No value, two values, and values in the wrong place.

use etiquette::{Stopped, fallback};

#[fallback]
async fn nothing() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback()]
async fn empty() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(when = |_| true)]
async fn when_alone() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(Ok(0), with = |_| Ok(1))]
async fn both() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(|_| Ok(0))]
async fn closure_as_value() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(with = Ok(0))]
async fn value_as_closure() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    let _ = (nothing(), empty(), when_alone(), both(), closure_as_value(), value_as_closure());
}
