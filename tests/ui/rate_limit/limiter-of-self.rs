//! A limiter that stays borrowed while the body has `self` to itself.

use etiquette::{RateLimit, Stopped, rate_limit};

struct Client {
    rate: RateLimit,
    calls: u32,
}

impl Client {
    #[rate_limit(limiter = self.rate, wait = none)]
    async fn exclusive(&mut self) -> Result<(), Stopped> {
        self.calls += 1;
        Ok(())
    }

    #[rate_limit(limiter = &self.rate, wait = none)]
    async fn owned(self) -> Result<u32, Stopped> {
        Ok(self.calls)
    }
}

fn main() {
    let mut client = Client { rate: RateLimit::new(1, std::time::Duration::from_secs(1)), calls: 0 };
    let _ = client.exclusive();
    let _ = client.owned();
}
