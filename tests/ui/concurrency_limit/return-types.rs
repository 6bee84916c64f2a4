//! A call that is refused needs something to return: what the types say.

use etiquette::{AtCapacity, TimedOut, concurrency_limit};

#[derive(Debug)]
struct Error;

#[concurrency_limit(16, wait = none)]
async fn option() -> Option<u32> {
    Some(1)
}

#[concurrency_limit(16, wait = none)]
async fn without_a_conversion() -> Result<u32, Error> {
    Ok(1)
}

#[concurrency_limit(16, wait = none, or_return = 0)]
async fn another_value() -> Option<u32> {
    Some(1)
}

#[concurrency_limit(16, wait = none, error = |stop: TimedOut| Error)]
async fn another_stop() -> Result<u32, Error> {
    Ok(1)
}

#[concurrency_limit(16, wait = none, error = |_: AtCapacity| 7)]
async fn another_error() -> Result<u32, Error> {
    Ok(1)
}

#[concurrency_limit(16, wait = none, error = |_| Error, or_return = Ok(1))]
async fn both() -> Result<u32, Error> {
    Ok(1)
}

fn main() {
    let _ = (option(), without_a_conversion(), another_value(), another_stop(), another_error(), both());
}
