//! What the body has to itself cannot stay borrowed.

use etiquette::{CircuitBreaker, Stopped, circuit_breaker};

struct Client {
    breaker: CircuitBreaker,
    calls: u32,
}

impl Client {
    #[circuit_breaker(state = self.breaker)]
    async fn exclusive(&mut self) -> Result<u32, Stopped> {
        self.calls += 1;
        Ok(self.calls)
    }

    #[circuit_breaker(state = &self.breaker)]
    async fn owned(self) -> Result<u32, Stopped> {
        Ok(self.calls)
    }
}

fn main() {
    let mut client = Client {
        breaker: CircuitBreaker::new(),
        calls: 0,
    };
    let _ = client.exclusive();
    let _ = client.owned();
}
