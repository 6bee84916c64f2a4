//! A bare duration is only ever a whole value.

use etiquette::{Stopped, retry, with_timeout};
use std::cmp::min;
use std::time::Duration;

#[with_timeout(min(5s, left))]
async fn in_a_call(left: Duration) -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(left + 250ms)]
async fn in_a_sum(left: Duration) -> Result<(), Stopped> {
    Ok(())
}

#[retry(constant(base * 2 + 1m30s))]
async fn in_a_delay(base: Duration) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let left = min(Duration::ZERO, Duration::MAX);
    let _ = (in_a_call(left), in_a_sum(left), in_a_delay(left));
}
