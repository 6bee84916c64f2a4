//! Literal times of two layers that contradict each other.

use etiquette::{Stopped, retry, with_timeout};

#[with_timeout(5s, total)]
#[retry]
#[with_timeout(10s, attempt)]
async fn attempt_as_long_as_all() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, total)]
#[retry(constant(10s))]
async fn delay_as_long_as_all() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, total)]
#[retry(max_elapsed = 30s)]
async fn end_after_the_end() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (attempt_as_long_as_all(), delay_as_long_as_all(), end_after_the_end());
}
