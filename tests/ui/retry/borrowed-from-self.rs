//! What lives in `self` cannot be borrowed while the body has `self` to itself.

use etiquette::{RetryBudget, RetryPolicy, Stopped, retry};

struct Client {
    budget: RetryBudget,
    policy: RetryPolicy,
    calls: u32,
}

impl Client {
    #[retry(budget = &self.budget)]
    async fn budget(&mut self) -> Result<u32, Stopped> {
        self.calls += 1;
        Ok(self.calls)
    }

    #[retry(policy = &self.policy)]
    async fn policy(&mut self) -> Result<u32, Stopped> {
        self.calls += 1;
        Ok(self.calls)
    }
}

fn main() {
    let mut client = Client { budget: RetryBudget::new(), policy: RetryPolicy::new(), calls: 0 };
    let _ = client.budget();
    let _ = client.policy();
}
