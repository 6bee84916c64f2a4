//! `budget =` takes a reference to a `RetryBudget`, and beside `key =` to a `KeyedRetryBudget`.

use etiquette::{RetryBudget, Stopped, retry};

static BUDGET: RetryBudget = RetryBudget::new();

#[retry(budget = BUDGET)]
async fn by_value() -> Result<(), Stopped> {
    Ok(())
}

#[retry(budget = &BUDGET, key = host)]
async fn unkeyed(host: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (by_value(), unkeyed(1));
}
