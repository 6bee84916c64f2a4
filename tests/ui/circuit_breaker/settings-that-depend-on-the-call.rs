//! A breaker is set up once for all calls.

use etiquette::{Stopped, circuit_breaker};
use std::time::Duration;

struct Client {
    open_for: Duration,
}

impl Client {
    const RATE: f64 = 0.5;

    #[circuit_breaker(open_for = self.open_for)]
    async fn of_self(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[circuit_breaker(failure_rate = Self::RATE)]
    async fn of_the_type(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

#[circuit_breaker(window = size)]
async fn of_an_argument(size: u32) -> Result<(), Stopped> {
    let _ = size;
    Ok(())
}

#[circuit_breaker(probes = N)]
async fn of_a_parameter<const N: usize>() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let client = Client {
        open_for: Duration::from_secs(1),
    };
    let _ = (client.of_self(), client.of_the_type(), of_an_argument(1), of_a_parameter::<1>());
}
