//! `#[instrument_task]`: calls by their outcome, how long they took, how many are in flight.

use std::time::Duration;

use etiquette::{Stopped, cancellable, circuit_breaker, instrument_task, with_timeout};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::support::Counts;

const MS: Duration = Duration::from_millis(1);

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("no")]
    No,
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

#[instrument_task]
#[cancellable]
#[with_timeout(50ms)]
#[circuit_breaker(consecutive = 2, abandoned = failure)]
async fn fetch(token: CancellationToken, wait: u64, out: Result<(), Error>) -> Result<(), Error> {
    if wait > 0 {
        sleep(MS * wait as u32).await;
    }
    out
}

fn call(wait: u64, out: Result<(), Error>) -> impl Future<Output = Result<(), Error>> {
    fetch(CancellationToken::new(), wait, out)
}

#[etiquette::test(paused)]
async fn each_outcome_has_a_count() {
    let counts = Counts::install();
    call(0, Ok(())).await.unwrap();
    call(20, Ok(())).await.unwrap();
    call(0, Err(Error::No)).await.unwrap_err();
    assert_eq!(
        counts.take(),
        [
            "etiquette_call_seconds{operation=fetch} 0 0.02 0",
            "etiquette_calls_total{operation=fetch,outcome=error} 1",
            "etiquette_calls_total{operation=fetch,outcome=ok} 2",
        ]
    );
    call(80, Ok(())).await.unwrap_err(); // opens the circuit: two failures in a row
    call(0, Ok(())).await.unwrap_err();
    let token = CancellationToken::new();
    token.cancel();
    fetch(token, 0, Ok(())).await.unwrap_err();
    assert_eq!(
        counts.of("etiquette_call"),
        [
            "etiquette_call_seconds{operation=fetch} 0.05 0 0",
            "etiquette_calls_total{operation=fetch,outcome=cancelled} 1",
            "etiquette_calls_total{operation=fetch,outcome=refused} 1",
            "etiquette_calls_total{operation=fetch,outcome=timed_out} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn who_is_dropped_and_who_panics_is_counted_as_that() {
    #[instrument_task(name = "orders")]
    async fn place(panics: bool) {
        sleep(MS * 10).await;
        assert!(!panics, "on purpose");
    }
    let counts = Counts::install();
    timeout(MS * 5, place(false)).await.unwrap_err();
    // On this thread, since the recorder is this thread's.
    let panicked = futures_util::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(place(true)));
    assert!(panicked.await.is_err());
    assert_eq!(
        counts.take(),
        [
            "etiquette_call_seconds{operation=orders} 0.005 0.01",
            "etiquette_calls_total{operation=orders,outcome=dropped} 1",
            "etiquette_calls_total{operation=orders,outcome=panicked} 1",
        ]
    );
}

#[etiquette::test(paused)]
async fn what_is_in_flight_is_a_gauge() {
    #[instrument_task]
    async fn slow() {
        sleep(MS * 10).await;
    }
    let counts = Counts::install();
    {
        let mut two = Box::pin(async { tokio::join!(slow(), slow()) });
        timeout(MS * 5, &mut two).await.unwrap_err();
        assert_eq!(counts.take(), ["etiquette_in_flight{operation=slow} 2"]);
    }
    // A look at this recorder sets its gauges to zero: two left, by being dropped.
    assert_eq!(
        counts.take(),
        [
            "etiquette_call_seconds{operation=slow} 0.005 0.005",
            "etiquette_calls_total{operation=slow,outcome=dropped} 2",
            "etiquette_in_flight{operation=slow} -2",
        ]
    );
    // One that is never polled never began.
    drop(slow());
    assert!(counts.take().is_empty());
}

#[etiquette::test(paused)]
async fn a_call_that_began_uncounted_does_not_end_counted() {
    #[instrument_task]
    async fn slow() {
        sleep(MS * 10).await;
    }
    let mut call = Box::pin(slow());
    timeout(MS * 5, &mut call).await.unwrap_err();
    let counts = Counts::install();
    call.await;
    assert!(counts.take().is_empty());
}

// On the real clock, as the layer: 150 ms against a limit of 100 ms.
#[etiquette::test]
async fn polls_that_hold_the_executor_have_a_count() {
    #[instrument_task(slow_poll(100ms))]
    async fn hold(takes: Duration) {
        std::thread::sleep(takes);
    }
    let counts = Counts::install();
    hold(MS * 150).await;
    hold(MS * 150).await;
    hold(MS).await;
    assert_eq!(
        counts.of("etiquette_slow_polls_total"),
        ["etiquette_slow_polls_total{operation=hold} 2"]
    );
}
