//! A semaphore that stays borrowed while the body has `self`, or the argument, to itself.

use etiquette::{ConcurrencyLimit, Stopped, concurrency_limit};
use std::sync::Arc;

struct Client {
    places: ConcurrencyLimit,
    calls: u32,
}

impl Client {
    #[concurrency_limit(semaphore = self.places, wait = none)]
    async fn exclusive(&mut self) -> Result<(), Stopped> {
        self.calls += 1;
        Ok(())
    }

    #[concurrency_limit(semaphore = &self.places, wait = none)]
    async fn owned(self) -> Result<u32, Stopped> {
        Ok(self.calls)
    }
}

#[concurrency_limit(semaphore = places, wait = none)]
async fn moved(places: Arc<ConcurrencyLimit>) -> Result<(), Stopped> {
    drop(places);
    Ok(())
}

fn main() {
    let mut client = Client { places: ConcurrencyLimit::new(1), calls: 0 };
    let _ = client.exclusive();
    let _ = client.owned();
    let _ = moved(Arc::new(ConcurrencyLimit::new(1)));
}
