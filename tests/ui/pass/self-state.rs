//! Budgets and policies that live in `self`, in the forms that every receiver allows.

#![deny(warnings)]

use etiquette::{RetryBudget, RetryPolicy, Stopped, retry};

struct Client {
    budget: RetryBudget,
    policy: RetryPolicy,
    calls: u32,
}

impl Client {
    #[retry(budget = &self.budget)]
    async fn shared(&self) -> Result<u32, Stopped> {
        Ok(self.calls)
    }

    #[retry(policy = self.policy)]
    async fn exclusive(&mut self) -> Result<u32, Stopped> {
        self.calls += 1;
        Ok(self.calls)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut client = Client { budget: RetryBudget::new(), policy: RetryPolicy::new(), calls: 0 };
    assert_eq!(client.exclusive().await, Ok(1));
    assert_eq!(client.shared().await, Ok(1));
}
