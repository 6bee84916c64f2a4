//! `#[shield]`: what was begun is finished, whoever waits for it.

use crate::recorder::Recorder;
use crate::support::{
    Counted, Error, Noted, Runs, cancelled_after, ms, note, notes, pending, sleep, stop_of, timed,
};
use etiquette::{Stopped, TimeoutKind, cancellable, hedge, instrument_task, retry, shield, with_timeout};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Runs are shared with the test: a shielded body owns what it uses.
type Shared = Arc<Runs>;

#[shield]
async fn commit(begun: Shared, done: Shared) -> Result<u32, Error> {
    begun.next();
    sleep(ms(100)).await;
    Ok(done.next())
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_waited_for_is_the_body() {
    assert_eq!(
        timed(commit(Shared::default(), Shared::default())).await,
        (Ok(1), ms(100))
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_goes_on() {
    for at in [0, 1, 50, 99] {
        let (begun, done) = (Shared::default(), Shared::default());
        assert!(
            timeout(ms(at), commit(begun.clone(), done.clone()))
                .await
                .is_err()
        );
        assert_eq!(done.count(), 0);
        sleep(ms(110)).await;
        assert_eq!((begun.count(), done.count()), (1, 1), "dropped at {at} ms");
        assert_eq!((Arc::strong_count(&begun), Arc::strong_count(&done)), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_never_polled_never_begins() {
    let (begun, done) = (Shared::default(), Shared::default());
    drop(commit(begun.clone(), done.clone()));
    sleep(ms(200)).await;
    assert_eq!((begun.count(), Arc::strong_count(&done)), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_above_ends_the_waiting_and_one_below_the_body() {
    #[with_timeout(50ms)]
    #[shield]
    async fn above(done: Shared) -> Result<u32, Error> {
        sleep(ms(100)).await;
        Ok(done.next())
    }
    #[shield]
    #[with_timeout(50ms)]
    async fn below(done: Shared) -> Result<u32, Error> {
        sleep(ms(100)).await;
        Ok(done.next())
    }
    for (is_above, goes_on) in [(true, 1), (false, 0)] {
        let done = Shared::default();
        let (out, took) = if is_above {
            timed(above(done.clone())).await
        } else {
            timed(below(done.clone())).await
        };
        let Stopped::TimedOut(stop) = stop_of(out) else {
            panic!()
        };
        assert_eq!((stop.kind, took), (TimeoutKind::Call, ms(50)));
        sleep(ms(100)).await;
        assert_eq!(done.count(), goes_on);
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_above_ends_the_waiting() {
    #[cancellable]
    #[shield]
    async fn call(token: CancellationToken, done: Shared) -> Result<u32, Error> {
        sleep(ms(100)).await;
        Ok(done.next())
    }
    let done = Shared::default();
    let (out, took) = timed(call(cancelled_after(30), done.clone())).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((took, done.count()), (ms(30), 0));
    sleep(ms(100)).await;
    assert_eq!(done.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_of_a_retry_above_is_a_task_and_a_retry_below_is_in_it() {
    #[retry(attempts = 2, constant(10ms), jitter = none, budget = none, clone(begun, done))]
    #[with_timeout(50ms, attempt)]
    #[shield]
    async fn each(begun: Shared, done: Shared) -> Result<u32, Error> {
        begun.next();
        sleep(ms(100)).await;
        Ok(done.next())
    }
    #[shield]
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    async fn inside(begun: Shared) -> Result<u32, Error> {
        sleep(ms(10)).await;
        match begun.next() {
            3 => Ok(3),
            _ => Err(Error::Busy),
        }
    }
    let (begun, done) = (Shared::default(), Shared::default());
    let (out, took) = timed(each(begun.clone(), done.clone())).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!((took, begun.count(), done.count()), (ms(110), 2, 1));
    sleep(ms(100)).await;
    assert_eq!(
        done.count(),
        2,
        "an attempt that timed out is finished all the same"
    );

    let begun = Shared::default();
    assert!(timeout(ms(5), inside(begun.clone())).await.is_err());
    sleep(ms(100)).await;
    assert_eq!(begun.count(), 3, "also the attempts that were still to come");
    assert_eq!(inside(Shared::default()).await, Ok(3));
}

#[tokio::test(start_paused = true)]
async fn what_a_layer_below_did_is_seen_above() {
    #[instrument_task]
    #[retry(attempts = 3, constant(10ms), budget = none, retry_timeouts = false, clone(runs))]
    #[shield]
    #[with_timeout(50ms, attempt)]
    async fn call(runs: Shared) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let (recorder, runs) = (Recorder::install(), Shared::default());
    let Stopped::TimedOut(stop) = stop_of(call(runs.clone()).await) else {
        panic!()
    };
    assert_eq!((stop.kind, runs.count()), (TimeoutKind::Attempt, 1));
    assert_eq!(recorder.span().outcome(), "timed_out");
}

#[tokio::test(start_paused = true)]
async fn a_hedge_below_is_in_the_task() {
    #[shield]
    #[hedge(after = 50ms, budget = none)]
    async fn call(runs: Shared) -> Result<u32, Error> {
        match runs.next() {
            1 => pending().await,
            run => Ok(run),
        }
    }
    assert_eq!(timed(call(Shared::default())).await, (Ok(2), ms(50)));
}

#[tokio::test(start_paused = true)]
async fn the_body_is_in_the_span_of_the_call() {
    #[instrument_task]
    #[shield]
    async fn call() -> Result<u32, Error> {
        sleep(ms(10)).await;
        tracing::info!("inside");
        Ok(1)
    }
    let recorder = Recorder::install();
    assert_eq!(call().await, Ok(1));
    let span = recorder.span();
    assert_eq!(recorder.events()[0].span, Some(span.id));
    assert_eq!((span.outcome(), span.closed, span.entered), ("ok", true, 0));
}

#[tokio::test(start_paused = true)]
async fn a_panic_goes_on_in_whoever_waits() {
    #[shield]
    async fn call(held: Counted) -> Result<u32, Error> {
        sleep(ms(10)).await;
        std::panic::panic_any(held.others())
    }
    let held = Counted::default();
    let panic = tokio::spawn(call(held.clone())).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<usize>(), Some(&1));
    assert_eq!(held.others(), 0);
}

#[tokio::test(start_paused = true)]
async fn arguments_are_dropped_when_the_body_is_done() {
    #[shield]
    async fn call(mut lines: Vec<Noted>, (_a, _b): (Noted, Noted)) -> Result<usize, Error> {
        lines.push(Noted("pushed"));
        sleep(ms(10)).await;
        Ok(note("done", lines.len()))
    }
    let lines = vec![Noted("given")];
    assert_eq!(call(lines, (Noted("a"), Noted("b"))).await, Ok(2));
    // What the body does not use is the caller's.
    let seen = notes();
    assert!(seen.starts_with("done given pushed"), "{seen}");
}

struct Ledger(Runs);

#[async_trait::async_trait]
trait Boxed {
    async fn commit(self: Arc<Self>, lines: Vec<u32>) -> Result<u32, Error>;
}

#[async_trait::async_trait]
impl Boxed for Ledger {
    #[shield]
    async fn commit(self: Arc<Self>, lines: Vec<u32>) -> Result<u32, Error> {
        sleep(ms(10)).await;
        Ok(self.0.next() + lines.iter().sum::<u32>())
    }
}

#[tokio::test(start_paused = true)]
async fn on_methods_generic_functions_and_boxed_futures() {
    #[shield]
    async fn generic<T: Send + 'static>(value: T) -> Result<T, Error> {
        sleep(ms(10)).await;
        Ok(value)
    }
    #[shield]
    async fn called(name: String, f: Box<dyn Fn(&str) -> usize + Send>) -> usize {
        f(&name)
    }
    #[shield]
    async fn counts(of: impl Iterator<Item = u32> + Send + 'static) -> impl Iterator<Item = u32> {
        sleep(ms(10)).await;
        of
    }
    let ledger = Arc::new(Ledger(Runs::new()));
    assert!(timeout(ms(5), ledger.clone().commit(vec![1, 2])).await.is_err());
    sleep(ms(10)).await;
    assert_eq!(ledger.0.count(), 1);
    assert_eq!(ledger.commit(vec![1, 2]).await, Ok(5));
    assert_eq!(generic("a").await, Ok("a"));
    assert_eq!(called("abc".into(), Box::new(str::len)).await, 3);
    assert_eq!(counts(0..3).await.count(), 3);
}

#[test]
#[should_panic(expected = "the runtime was shut down before the call was done")]
fn a_runtime_that_is_shut_down_drops_the_body() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let (begun, done) = (Shared::default(), Shared::default());
    let mut call = pin!(commit(begun, done.clone()));
    let mut cx = Context::from_waker(Waker::noop());
    {
        let _inside = runtime.enter();
        assert!(call.as_mut().poll(&mut cx).is_pending());
    }
    drop(runtime);
    assert_eq!(Arc::strong_count(&done), 1, "it is gone");
    let _ = call.poll(&mut cx);
}
