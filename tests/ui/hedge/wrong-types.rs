//! Option values of the wrong type.

use etiquette::{KeyedRetryBudget, RetryBudget, Stopped, hedge};

static BUDGET: RetryBudget = RetryBudget::new();
static KEYED: KeyedRetryBudget = KeyedRetryBudget::new();

#[hedge(after = limit)]
async fn a_number_as_time(limit: u64) -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, budget = BUDGET)]
async fn a_budget_by_value() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, budget = &KEYED)]
async fn keys_without_a_key() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, attempts = count)]
async fn a_text_as_count(count: &str) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_number_as_time(1), a_budget_by_value(), keys_without_a_key(), a_text_as_count("2"));
}
