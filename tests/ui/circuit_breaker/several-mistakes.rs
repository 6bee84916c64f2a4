//! All that is wrong is said at once, and the function is there for its callers.

use etiquette::{Stopped, circuit_breaker, with_timeout};

#[with_timeout(30)]
#[circuit_breaker(failure_rate = 50, open_for = 30, half_open_max_calls = 3, when = any, probes = 0)]
async fn fetch(id: u32) -> Result<u32, Stopped> {
    Ok(id)
}

fn main() {
    let _ = fetch(1);
}
