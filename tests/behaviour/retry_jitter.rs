//! Random delays of `#[retry]`, asserted by their bounds: no seed can be set from here.

use crate::pauses::{Starts, pauses, spread};
use crate::support::{Error, ms, secs};
use etiquette::retry;

#[tokio::test(start_paused = true)]
async fn jitter_is_full_equal_none_or_a_part() {
    #[retry(attempts = 2_001, delays(1s), jitter = full, budget = none)]
    async fn full(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 2_001, delays(1s), jitter = equal, budget = none)]
    async fn equal(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 2_001, delays(1s), jitter = 0.3, budget = none)]
    async fn part(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 2_001, delays(1s), jitter = none, budget = none)]
    async fn none(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    spread(&pauses(full).await, 0, 1_000);
    spread(&pauses(equal).await, 500, 1_000);
    spread(&pauses(part).await, 700, 1_300);
    assert_eq!(pauses(none).await, [1_000; 2_000]);
}

#[tokio::test(start_paused = true)]
async fn jitter_is_full_for_exponential_a_fifth_for_constant_and_none_else() {
    #[retry(attempts = 2_001, exponential(1s, max = 1s), budget = none)]
    async fn exponential(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 2_001, constant(1s), budget = none)]
    async fn constant(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 5, delays(1s))]
    async fn delays(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    #[retry(attempts = 5, backoff = |_| secs(1))]
    async fn backoff(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    spread(&pauses(exponential).await, 0, 1_000);
    spread(&pauses(constant).await, 800, 1_200);
    assert_eq!(pauses(delays).await, [1_000; 4]);
    assert_eq!(pauses(backoff).await, [1_000; 4]);
}

#[tokio::test(start_paused = true)]
async fn a_bare_retry_waits_exponentially_from_100_ms_with_full_jitter() {
    #[retry]
    async fn call(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    // The budget would run out after 100 retries at once; these take longer than it takes to refill.
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..2_000 {
        let pauses = pauses(call).await;
        assert_eq!(pauses.len(), 2);
        first.push(pauses[0]);
        second.push(pauses[1]);
        tokio::time::advance(ms(200)).await;
    }
    spread(&first, 0, 100);
    spread(&second, 0, 200);
}

#[tokio::test(start_paused = true)]
async fn a_delay_is_clamped_to_its_max_before_and_after_jitter() {
    #[retry(attempts = 2_001, exponential(1s, factor = 8, max = 1s), jitter = 0.5, budget = none)]
    async fn call(at: Starts) -> Result<(), Error> {
        at.fail()
    }
    let pauses = pauses(call).await;
    spread(&pauses, 500, 1_000);
    // Half of all draws would have been above: they are cut, not drawn again.
    assert!(pauses.iter().filter(|pause| **pause == 1_000).count() > 800);
}
