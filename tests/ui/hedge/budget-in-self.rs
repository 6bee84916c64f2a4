//! A budget that lives in a `self` that the runs have moved from.

use etiquette::{RetryBudget, Stopped, hedge};

struct Client {
    budget: RetryBudget,
}

impl Client {
    #[hedge(after = 50ms, budget = self.budget)]
    async fn by_value(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let client = Client { budget: RetryBudget::new() };
    drop(client.by_value());
}
