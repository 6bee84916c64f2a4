//! A rate of the function's own is made once for all calls.

use etiquette::{Stopped, rate_limit};
use std::time::Duration;

struct Client {
    per: Duration,
}

impl Client {
    #[rate_limit(100, per = self.per, wait = none)]
    async fn of_self(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

#[rate_limit(rate, per = 1s, burst = burst, wait = none)]
async fn of_arguments(rate: u32, burst: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = Client { per: Duration::from_secs(1) }.of_self();
    let _ = of_arguments(1, 1);
}
