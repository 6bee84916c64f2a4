//! `policy = EXPR`: a `RetryPolicy` as a value instead of an inline schedule.

use crate::support::{Error, Runs, ms, secs, timed};
use etiquette::{Jitter, RetryBudget, RetryPolicy, retry};
use std::time::Duration;

/// Fails for ever, with the error it is given.
#[retry(policy = policy, budget = none)]
async fn by_value(policy: RetryPolicy, runs: &Runs, error: fn() -> Error) -> Result<(), Error> {
    runs.next();
    Err(error())
}

async fn busy(policy: RetryPolicy) -> (u32, Duration) {
    let runs = Runs::default();
    let (out, elapsed) = timed(by_value(policy, &runs, || Error::Busy)).await;
    assert_eq!(out, Err(Error::Busy));
    (runs.count(), elapsed)
}

#[tokio::test(start_paused = true)]
async fn a_policy_is_a_const_a_reference_or_a_field() {
    const HTTP: RetryPolicy = RetryPolicy::new()
        .attempts(4)
        .constant(ms(30))
        .jitter(Jitter::None);
    struct Client {
        policy: RetryPolicy,
    }
    impl Client {
        #[retry(policy = self.policy)]
        async fn value(&self) -> Result<(), Error> {
            Err(Error::Busy)
        }
        #[retry(policy = &self.policy)]
        async fn reference(&self) -> Result<(), Error> {
            Err(Error::Busy)
        }
    }
    #[retry(policy = HTTP)]
    async fn constant() -> Result<(), Error> {
        Err(Error::Busy)
    }
    let client = Client { policy: HTTP };
    assert_eq!(timed(constant()).await, (Err(Error::Busy), ms(90)));
    assert_eq!(timed(client.value()).await, (Err(Error::Busy), ms(90)));
    assert_eq!(timed(client.reference()).await, (Err(Error::Busy), ms(90)));
}

#[tokio::test(start_paused = true)]
async fn its_schedules_are_those_of_the_options() {
    let exact = RetryPolicy::new().attempts(5).jitter(Jitter::None);
    assert_eq!(busy(exact).await, (5, ms(100 + 200 + 400 + 800)));
    assert_eq!(
        busy(exact.exponential(ms(10), 3.0, ms(50))).await,
        (5, ms(10 + 30 + 50 + 50))
    );
    assert_eq!(busy(exact.constant(ms(7))).await, (5, ms(28)));
    assert_eq!(
        busy(exact.delays([ms(1), ms(2), ms(4)])).await,
        (5, ms(1 + 2 + 4 + 4))
    );
}

#[tokio::test(start_paused = true)]
async fn its_jitter_is_the_one_of_its_schedule_unless_set() {
    let policy = RetryPolicy::new().attempts(2);
    assert_eq!(busy(policy.delays([ms(100)])).await.1, ms(100));
    assert_eq!(
        busy(policy.delays([ms(100)]).jitter(Jitter::None)).await.1,
        ms(100)
    );
    let (mut full, mut fifth, mut equal) = (vec![], vec![], vec![]);
    for _ in 0..500 {
        full.push(busy(policy.exponential(ms(100), 2.0, ms(100))).await.1);
        fifth.push(busy(policy.constant(ms(100))).await.1);
        equal.push(busy(policy.delays([ms(100)]).jitter(Jitter::Equal)).await.1);
    }
    // Bounds, and that they are nearly reached: 500 draws miss an outermost tenth once in 10^22 runs.
    for (seen, lowest, highest) in [(full, 0, 100), (fifth, 80, 120), (equal, 50, 100)] {
        let tenth = (highest - lowest) / 10;
        let (min, max) = (*seen.iter().min().unwrap(), *seen.iter().max().unwrap());
        assert!(min >= ms(lowest) && min <= ms(lowest + tenth), "{min:?}");
        assert!(max <= ms(highest) && max >= ms(highest - tenth), "{max:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn its_limits_are_those_of_the_options() {
    let policy = RetryPolicy::new().constant(ms(10)).jitter(Jitter::None);
    assert_eq!(busy(policy).await, (3, ms(20)));
    assert_eq!(busy(policy.attempts(0)).await, (1, ms(0)));
    assert_eq!(busy(policy.attempts(9).max_elapsed(ms(25))).await, (3, ms(20)));
    assert_eq!(busy(policy.forever().max_elapsed(ms(50))).await, (6, ms(50)));
    assert_eq!(busy(policy.max_elapsed(Duration::MAX)).await, (3, ms(20)));

    let hinted = |policy: RetryPolicy| async move {
        let runs = Runs::default();
        let (_, elapsed) = timed(by_value(policy, &runs, || Error::Later(secs(50)))).await;
        (runs.count(), elapsed)
    };
    assert_eq!(hinted(policy).await, (3, secs(100)));
    assert_eq!(hinted(policy.max_hint(secs(49))).await, (1, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn it_goes_with_when_budget_clone_attempt_and_on_retry() {
    #[retry(policy = policy, when = any, budget = budget, clone(text), attempt = at, on_retry = |_| hooks.next())]
    async fn call(
        policy: &RetryPolicy,
        budget: &RetryBudget,
        text: String,
        hooks: &Runs,
    ) -> Result<String, u32> {
        if at.is_last {
            Ok(text + &at.number.to_string())
        } else {
            Err(at.number)
        }
    }
    let (budget, hooks) = (RetryBudget::new(), Runs::default());
    let policy = RetryPolicy::new().attempts(4).constant(Duration::ZERO);
    assert_eq!(
        call(&policy, &budget, "run ".into(), &hooks).await.as_deref(),
        Ok("run 4")
    );
    assert_eq!((budget.tokens(), hooks.count()), (490, 3));
}

#[test]
fn new_is_what_a_bare_retry_does_and_default_is_new() {
    assert_eq!(RetryPolicy::default(), RetryPolicy::new());
    let spelled_out = RetryPolicy::new()
        .attempts(3)
        .exponential(ms(100), 2.0, secs(10))
        .max_elapsed(Duration::MAX)
        .max_hint(secs(60));
    assert_eq!(spelled_out, RetryPolicy::new());
}
