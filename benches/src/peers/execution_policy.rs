//! execution-policy: one value for a whole stack, without cancellation and spans.

use std::time::Duration;

use execution_policy::{
    CircuitBreaker, ExecutionError, ExecutionPolicy, ExecutionPolicyBuilder, Jitter, Retry, RetryBudget,
    core::DefaultCore,
};

use crate::subject::{ATTEMPT, Calls, Error, FIRST, LONGEST, Outcome, TOTAL, flaky, never, once, ready};

type Policy = ExecutionPolicy<DefaultCore, u64, Error>;

/// What the crate returns, as the contenders' error.
pub(crate) fn flatten(out: Result<u64, ExecutionError<Error>>) -> Outcome {
    out.map_err(|error| match error {
        ExecutionError::Operation { source, .. } => source,
        _ => Error::TimedOut,
    })
}

fn three() -> Retry<u64, Error> {
    Retry::exponential()
        .max_attempts(3)
        .base_delay(FIRST)
        .max_delay(LONGEST)
        .jitter(Jitter::Full)
        .when(Error::is_transient)
}

pub(crate) fn retry() -> Policy {
    ExecutionPolicyBuilder::new().retry(three()).build()
}

pub(crate) fn retry_at_once() -> Policy {
    let retry = Retry::fixed(Duration::ZERO)
        .max_attempts(3)
        .when(Error::is_transient);
    ExecutionPolicyBuilder::new().retry(retry).build()
}

pub(crate) fn retry_budget(budget: &RetryBudget) -> Policy {
    let retry = three().budget(budget.clone());
    ExecutionPolicyBuilder::new().retry(retry).build()
}

pub(crate) fn timeout() -> Policy {
    ExecutionPolicyBuilder::new()
        .retry(Retry::none())
        .attempt_timeout(TOTAL)
        .build()
}

pub(crate) fn stack() -> Policy {
    let retry = three().budget(RetryBudget::standard());
    ExecutionPolicyBuilder::new()
        .retry(retry)
        .attempt_timeout(ATTEMPT)
        .total_timeout(TOTAL)
        .build()
}

pub(crate) async fn run_ready(policy: &Policy, x: u64) -> Outcome {
    flatten(policy.run(async || ready(x).await).await)
}

pub(crate) async fn run_once(policy: &Policy, x: u64) -> Outcome {
    flatten(policy.run(async || once(x).await).await)
}

pub(crate) async fn run_never(policy: &Policy, x: u64) -> Outcome {
    flatten(policy.run(async || never(x).await).await)
}

pub(crate) async fn run_flaky(policy: &Policy, x: u64, calls: &Calls) -> Outcome {
    flatten(policy.run(async || flaky(x, calls).await).await)
}

/// Five failures in a row: it has no rate.
pub(crate) fn breaker() -> Policy {
    ExecutionPolicyBuilder::new()
        .retry(Retry::none())
        .circuit_breaker(CircuitBreaker::consecutive_failures(5))
        .build()
}

pub(crate) fn limit() -> Policy {
    ExecutionPolicyBuilder::new()
        .retry(Retry::none())
        .concurrency_limit(64_usize)
        .build()
}
