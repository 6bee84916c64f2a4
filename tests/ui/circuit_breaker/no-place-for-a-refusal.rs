//! A refusal needs a place in the return type.

use etiquette::circuit_breaker;

#[derive(Debug)]
struct Error;

#[circuit_breaker(slow_call = 1s)]
async fn unit() {}

#[circuit_breaker(slow_call = 1s)]
async fn option() -> Option<u32> {
    Some(7)
}

#[circuit_breaker]
async fn another_error() -> Result<u32, Error> {
    Ok(7)
}

#[circuit_breaker(or_return = Err("refused"))]
async fn another_value() -> Result<u32, Error> {
    Ok(7)
}

fn main() {
    let _ = (unit(), option(), another_error(), another_value());
}
