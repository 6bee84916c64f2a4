//! A future that is dropped, wherever it stands, leaves nothing behind: no tokens of the budget, no open spans, no
//! clones of arguments.

use crate::recorder::Recorder;
use crate::support::{Counted, Error, Runs, ms, pending, sleep};
use etiquette::{KeyedRetryBudget, RetryBudget, cancellable, instrument_task, retry, retrying, with_timeout};
use tokio_util::sync::CancellationToken;

/// Runs at 0 to 10, at 35 to 45, and from 70 on, with a hook of 5 and a pause of 20 between them; the third run is cut
/// at 100.
#[instrument_task]
#[cancellable(grace = 1s)]
#[with_timeout(10s, total)]
#[retry(attempts = 3, constant(20ms), jitter = none, budget = budget, clone(held), on_retry = |_| sleep(ms(5)).await)]
#[with_timeout(30ms, attempt)]
async fn full(
    token: CancellationToken,
    held: Counted,
    budget: &RetryBudget,
    runs: &Runs,
) -> Result<u32, Error> {
    let _inside = (held, token.child_token());
    match runs.next() {
        3 => pending().await,
        _ => sleep(ms(10)).await,
    }
    Err(Error::Busy)
}

#[tokio::test(start_paused = true)]
async fn dropped_at_every_millisecond_of_a_full_stack() {
    for at in 0..100 {
        let recorder = Recorder::install();
        let (held, runs) = (Counted::default(), Runs::default());
        let budget = RetryBudget::new().refill_per_second(0);
        let call = full(CancellationToken::new(), held.clone(), &budget, &runs);
        assert!(tokio::time::timeout(ms(at), call).await.is_err());
        // What a run has cost stays spent; what a run would have cost that never came does not.
        let retries = [35, 70].iter().filter(|begins| at >= **begins).count();
        assert_eq!(
            budget.tokens(),
            500 - 5 * u32::try_from(retries).unwrap(),
            "dropped at {at} ms"
        );
        assert_eq!(
            runs.count(),
            1 + u32::try_from(retries).unwrap(),
            "dropped at {at} ms"
        );
        assert_eq!(held.others(), 0, "dropped at {at} ms");
        let span = recorder.span();
        assert_eq!(
            (span.outcome(), span.entered, span.closed),
            ("dropped", 0, true),
            "dropped at {at} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_before_the_first_poll() {
    let recorder = Recorder::install();
    let (held, runs, budget) = (Counted::default(), Runs::default(), RetryBudget::new());
    drop(full(CancellationToken::new(), held.clone(), &budget, &runs));
    assert_eq!((held.others(), runs.count(), budget.tokens()), (0, 0, 500));
    assert!(recorder.spans().is_empty());
}

#[tokio::test(start_paused = true)]
async fn dropped_during_its_grace() {
    let (held, runs, budget) = (Counted::default(), Runs::default(), RetryBudget::new());
    let token = CancellationToken::new();
    let call = full(token.clone(), held.clone(), &budget, &runs);
    tokio::pin!(call);
    assert!(tokio::time::timeout(ms(5), &mut call).await.is_err());
    token.cancel();
    assert!(tokio::time::timeout(ms(2), &mut call).await.is_err());
    assert_eq!(held.others(), 2); // the call's and the run's
    call.set(full(token.clone(), held.clone(), &budget, &runs));
    assert_eq!((held.others(), runs.count(), budget.tokens()), (1, 1, 500));
}

/// The bucket of a key may be evicted only while no call holds it: one that was dropped does not.
#[tokio::test(start_paused = true)]
async fn a_dropped_call_holds_no_bucket() {
    static KEYS: KeyedRetryBudget = KeyedRetryBudget::new()
        .max_keys(1)
        .capacity(10)
        .refill_per_second(0);
    #[retry(attempts = 2, constant(1s), jitter = none, budget = &KEYS, key = key)]
    async fn call(key: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert!(tokio::time::timeout(ms(5), call(1)).await.is_err());
    assert_eq!((KEYS.tokens(&1_u32), KEYS.keys()), (10, 1));
    let _ = call(2).await;
    assert_eq!(
        (KEYS.tokens(&1_u32), KEYS.tokens(&2_u32), KEYS.keys()),
        (10, 5, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn retrying_leaves_nothing_behind_either() {
    let (held, budget) = (Counted::default(), RetryBudget::new().refill_per_second(0));
    for (at, tokens) in [(5, 500), (15, 500), (25, 495)] {
        let inside = held.clone();
        let call = retrying!(
            attempts = 2,
            constant(10ms),
            jitter = none,
            budget = &budget,
            async {
                let _inside = inside.clone();
                sleep(ms(10)).await;
                Err::<(), _>(Error::Busy)
            }
        );
        assert!(tokio::time::timeout(ms(at), call).await.is_err());
        assert_eq!((held.others(), budget.tokens()), (1, tokens));
        drop(inside);
    }
    assert_eq!(held.others(), 0);
}
