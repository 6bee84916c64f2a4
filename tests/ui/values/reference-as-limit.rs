//! A limit is taken by value.

use etiquette::{Stopped, with_timeout};
use std::time::Duration;

struct Service {
    limit: Limits,
    calls: u32,
}

struct Limits {
    call: Duration,
}

impl Service {
    #[with_timeout(&self.limit.call)]
    async fn call(&mut self) -> Result<u32, Stopped> {
        self.calls += 1;
        Ok(self.calls)
    }
}

fn main() {
    let mut service = Service { limit: Limits { call: Duration::ZERO }, calls: 0 };
    let _ = service.call();
}
