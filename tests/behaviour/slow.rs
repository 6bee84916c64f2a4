//! `#[instrument_task(slow(…))]`: a call that is still running says so, on Tokio's clock.

use crate::recorder::Recorder;
use crate::support::{Error, ms, pending, poll_without_runtime, secs, sleep, timed};
use etiquette::{instrument_task, retry, testing, with_timeout};
use std::task::Poll;
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::{advance, timeout};

const LINE_OF_IMPORT: u32 = line!() + 3;

#[instrument_task(slow(1s))]
async fn import(takes: Duration) -> u32 {
    sleep(takes).await;
    7
}

/// After how long it was told of, each time.
fn told(log: &Recorder) -> Vec<String> {
    let events = log.events().into_iter();
    let told = events.filter(|event| event.message() == "still running");
    told.map(|event| event.fields["elapsed"].clone()).collect()
}

#[etiquette::test(paused)]
async fn it_is_told_after_the_time_and_then_at_intervals_that_double() {
    let log = Recorder::install();
    let recorder = testing::Recorder::install();
    assert_eq!(timed(import(secs(16))).await, (7, secs(16)));
    assert_eq!(told(&log), ["1s", "3s", "7s", "15s"]);
    let event = &log.events()[0];
    assert_eq!(
        event.line(),
        format!(
            "WARN etiquette::instrument_task: still running elapsed=1s file={} line={LINE_OF_IMPORT} \
             operation={}::import",
            file!(),
            module_path!()
        )
    );
    // In the span of the call.
    assert_eq!(event.span, Some(log.span().id));
    recorder.of("import").assert_at([
        (1_000, "still running after 1s"),
        (3_000, "still running after 3s"),
        (7_000, "still running after 7s"),
        (15_000, "still running after 15s"),
        (16_000, "ended: ok"),
    ]);
}

#[etiquette::test(paused)]
async fn what_ends_in_time_is_not_told() {
    let log = Recorder::install();
    import(ms(999)).await;
    // Ready in the poll in which the time passes: it is over, so it is not still running.
    import(secs(1)).await;
    assert_eq!(told(&log), [""; 0]);
    import(ms(1_001)).await;
    assert_eq!(told(&log), ["1s"]);
}

#[etiquette::test(paused)]
async fn what_is_dropped_is_not_told_any_more() {
    let log = Recorder::install();
    assert!(timeout(ms(2_500), import(secs(60))).await.is_err());
    sleep(secs(60)).await;
    assert_eq!(told(&log), ["1s"]);
}

#[test]
fn a_body_that_is_ready_sets_no_timer() {
    #[instrument_task(slow(1s), slow_poll(1h))]
    async fn ready() -> u32 {
        7
    }
    assert_eq!(poll_without_runtime(ready()), Poll::Ready(7));
}

/// Moves the clock without waiting.
fn leap(by: Duration) {
    let mut advance = std::pin::pin!(advance(by));
    let waker = std::task::Waker::noop();
    let _ = advance.as_mut().poll(&mut std::task::Context::from_waker(waker));
}

#[etiquette::test(paused)]
async fn the_time_counts_from_the_first_wait() {
    #[instrument_task(slow(1s))]
    async fn late_to_wait() {
        leap(secs(5));
        sleep(ms(900)).await;
    }
    let log = Recorder::install();
    assert_eq!(timed(late_to_wait()).await.1, ms(5_900));
    assert_eq!(told(&log), [""; 0]);
}

#[etiquette::test(paused)]
async fn what_could_not_be_told_in_time_is_told_once() {
    let log = Recorder::install();
    let someone_blocks = async {
        yield_now().await;
        leap(secs(30));
    };
    tokio::join!(import(secs(33)), someone_blocks);
    assert_eq!(told(&log), ["30s", "32s"]);
}

#[etiquette::test(paused)]
async fn above_a_retry_it_is_the_whole_call_and_below_it_an_attempt() {
    #[instrument_task(slow(250ms), name = "whole")]
    #[retry(attempts = 3, delays(100ms))]
    #[instrument_task(slow(90ms), name = "attempt")]
    async fn fetch() -> Result<u32, Error> {
        sleep(ms(100)).await;
        Err(Error::Busy)
    }
    let recorder = testing::Recorder::install();
    assert_eq!(fetch().await, Err(Error::Busy));
    let still = |name, at: &[u64]| {
        let lines = recorder.of(name).lines();
        let lines = lines.into_iter().filter(|line| line.starts_with("still"));
        let expected = at.iter().map(|at| format!("still running after {:?}", ms(*at)));
        assert_eq!(lines.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    };
    still("whole", &[250]);
    still("attempt", &[90, 90, 90]);
}

struct Importer {
    patience: Option<Duration>,
}

impl Importer {
    #[instrument_task(slow(self.patience))]
    async fn run(&mut self) -> u32 {
        self.patience = None;
        sleep(secs(10)).await;
        7
    }
}

#[etiquette::test(paused)]
async fn the_time_is_any_expression_and_none_or_zero_is_never() {
    let log = Recorder::install();
    for (patience, times) in [
        (Some(secs(4)), vec!["4s"]),
        (Some(secs(3)), vec!["3s", "9s"]),
        (None, vec![]),
        (Some(Duration::ZERO), vec![]),
        (Some(Duration::MAX), vec![]),
    ] {
        let before = told(&log).len();
        assert_eq!(Importer { patience }.run().await, 7);
        assert_eq!(told(&log)[before..], times, "{patience:?}");
    }
}

#[etiquette::test(paused)]
async fn a_limit_below_still_ends_it() {
    #[instrument_task(slow(1s))]
    #[with_timeout(5s)]
    async fn stuck() -> Result<u32, Error> {
        pending().await
    }
    let log = Recorder::install();
    let (out, took) = timed(stuck()).await;
    assert!(matches!(out, Err(Error::Stopped(stop)) if stop.is_timeout()));
    assert_eq!(took, secs(5));
    assert_eq!(told(&log), ["1s", "3s"]);
}

// A body that always has something to do uses up what Tokio lets a task do in one go, and the timer with it.
#[etiquette::test(paused)]
async fn a_body_that_never_rests_is_told_of_too() {
    #[instrument_task(slow(1s))]
    async fn busy(mut items: tokio::sync::mpsc::UnboundedReceiver<u32>) -> u32 {
        let mut sum = 0;
        while let Some(item) = items.recv().await {
            sum += item;
            if sum.is_multiple_of(64) {
                // No time passes by itself while a task is busy.
                leap(ms(20));
            }
        }
        sum
    }
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    for _ in 0..6_400 {
        sender.send(1).unwrap();
    }
    drop(sender);
    let log = Recorder::install();
    assert_eq!(busy(receiver).await, 6_400);
    assert!(!told(&log).is_empty());
}
