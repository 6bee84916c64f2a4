//! Names that other libraries use: each is answered with what to write.

use etiquette::{Stopped, fallback};

#[fallback(default = Ok(0))]
async fn default() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(value = Ok(0))]
async fn value() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(fallback_method = other)]
async fn method() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(handler = other)]
async fn handler() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(or_else = |_| Ok(0), apply_on = |_| true)]
async fn or_else() -> Result<u32, Stopped> {
    Ok(1)
}

#[fallback(wiht = other)]
async fn misspelt() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    let _ = (default(), value(), method(), handler(), or_else(), misspelt());
}

// H162
