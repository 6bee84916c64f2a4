//! Options of `#[retry]` that exclude each other.

use etiquette::{Stopped, retry};

#[retry(constant(1s), exponential(1s))]
async fn two_schedules() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when = any, when_result = |r| r.is_err())]
async fn two_predicates() -> Result<(), Stopped> {
    Ok(())
}

#[retry(policy = etiquette::RetryPolicy::new(), attempts = 3, jitter = full)]
async fn policy_and_more() -> Result<(), Stopped> {
    Ok(())
}

#[retry(policy = etiquette::RetryPolicy::new(), constant(1s))]
async fn policy_and_schedule() -> Result<(), Stopped> {
    Ok(())
}

#[retry(budget = none, key = host)]
async fn key_without_budget(host: u32) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (two_schedules(), two_predicates(), policy_and_more(), policy_and_schedule(), key_without_budget(1));
}

// H153
