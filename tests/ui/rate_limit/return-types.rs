//! A call that is refused needs something to return: what the types say.

use etiquette::{AtCapacity, rate_limit};

#[derive(Debug)]
struct Error;

#[rate_limit(100, per = 1s, wait = none)]
async fn option() -> Option<u32> {
    Some(1)
}

#[rate_limit(100, per = 1s, wait = none)]
async fn without_a_conversion() -> Result<u32, Error> {
    Ok(1)
}

#[rate_limit(100, per = 1s, wait = none, error = |_: AtCapacity| Error)]
async fn another_stop() -> Result<u32, Error> {
    Ok(1)
}

fn main() {
    let _ = (option(), without_a_conversion(), another_stop());
}
