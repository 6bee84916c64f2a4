//! `#[instrument_task(slow_poll(…))]`: who holds the executor is named.
//!
//! On the real clock, as the layer itself: a thread that blocks blocks the paused clock too. What blocks does so for 300 ms
//! against a limit of 250 ms, and what does not is over in microseconds, or much later on a busy machine.

use crate::recorder::Recorder;
use crate::support::ms;
use etiquette::{instrument_task, testing};
use std::thread::sleep as block;
use std::time::Duration;
use tokio::task::yield_now;

#[instrument_task(slow_poll(250ms))]
async fn outer(blocks: bool) -> u32 {
    yield_now().await;
    if blocks {
        block(ms(300));
    }
    inner(!blocks).await + 1
}

const LINE_OF_INNER: u32 = line!() + 3;

#[instrument_task(slow_poll(250ms))]
async fn inner(blocks: bool) -> u32 {
    if blocks {
        block(ms(300));
    }
    yield_now().await;
    6
}

fn blamed(recorder: &testing::Recorder) -> [usize; 2] {
    ["outer", "inner"].map(|name| recorder.of(name).count("a poll held the executor"))
}

#[etiquette::test]
async fn only_the_function_that_blocked_is_blamed() {
    let recorder = testing::Recorder::install();
    assert_eq!(outer(true).await, 7);
    assert_eq!(blamed(&recorder), [1, 0]);
    recorder.clear();
    assert_eq!(outer(false).await, 7);
    assert_eq!(blamed(&recorder), [0, 1]);
    recorder.clear();
    for _ in 0..3 {
        inner(true).await;
    }
    assert_eq!(blamed(&recorder), [0, 3]);
}

#[etiquette::test]
async fn it_is_told_with_its_place_in_the_span_of_the_call() {
    let log = Recorder::install();
    inner(true).await;
    let events = log.events();
    let [event] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(event.message(), "a poll held the executor");
    assert_eq!(
        (event.level, &*event.target),
        (tracing::Level::WARN, "etiquette::instrument_task")
    );
    assert_eq!(event.fields["file"], file!());
    assert_eq!(event.fields["line"], LINE_OF_INNER.to_string());
    assert_eq!(event.fields["operation"], concat!(module_path!(), "::inner"));
    assert!(event.fields["held"].ends_with("ms"), "{event:?}");
    assert_eq!(event.span, Some(log.span().id));
}

#[etiquette::test]
async fn many_short_polls_are_not_a_long_one() {
    #[instrument_task(slow_poll(250ms))]
    async fn patient() {
        for _ in 0..10 {
            block(ms(30));
            yield_now().await;
        }
    }
    let recorder = testing::Recorder::install();
    patient().await;
    recorder.assert_eq(["patient: ended: ok"]);
}

#[etiquette::test]
async fn waiting_holds_nothing() {
    #[instrument_task(slow_poll(250ms))]
    async fn waits() {
        tokio::time::sleep(ms(300)).await;
    }
    let recorder = testing::Recorder::install();
    waits().await;
    recorder.assert_eq(["waits: ended: ok"]);
}

#[etiquette::test]
async fn a_helper_without_the_option_is_on_its_callers_account() {
    #[instrument_task]
    async fn helper() {
        block(ms(300));
    }
    #[instrument_task(slow_poll(250ms))]
    async fn caller() {
        helper().await;
    }
    let recorder = testing::Recorder::install();
    caller().await;
    assert_eq!(recorder.of("caller").count("a poll held"), 1);
}

#[etiquette::test]
async fn two_at_a_time_in_one_task_are_told_apart() {
    let recorder = testing::Recorder::install();
    let both = async { tokio::join!(outer(true), inner(false)) };
    assert_eq!(both.await, (7, 6));
    assert_eq!(blamed(&recorder), [1, 0]);
}

#[etiquette::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_is_blocked_in_place_is_nobodys_fault() {
    #[instrument_task(slow_poll(250ms))]
    async fn caller() -> u32 {
        etiquette::block_in_place(|| {
            block(ms(300));
            7
        })
    }
    #[instrument_task(slow_poll(250ms))]
    async fn with_a_part_of_its_own() -> u32 {
        block(ms(300));
        etiquette::block_in_place(|| block(ms(300)));
        7
    }
    let recorder = testing::Recorder::install();
    assert_eq!(tokio::spawn(caller()).await.unwrap(), 7);
    assert_eq!(tokio::spawn(with_a_part_of_its_own()).await.unwrap(), 7);
    assert_eq!(recorder.of("caller").count("a poll held"), 0);
    assert_eq!(recorder.of("with_a_part_of_its_own").count("a poll held"), 1);
}

#[etiquette::test]
async fn a_panic_leaves_the_account_as_it_was() {
    #[instrument_task(slow_poll(250ms))]
    async fn panics() {
        block(ms(300));
        panic!("on purpose");
    }
    #[instrument_task(slow_poll(250ms))]
    async fn caller() -> bool {
        // Polled in here, and caught in here.
        let call = std::panic::AssertUnwindSafe(panics());
        futures_util::FutureExt::catch_unwind(call).await.is_err()
    }
    let recorder = testing::Recorder::install();
    assert!(caller().await);
    assert_eq!(recorder.of("caller").count("a poll held"), 0);
    inner(true).await;
    assert_eq!(blamed(&recorder), [0, 1]);
}

#[etiquette::test]
async fn the_limit_is_any_expression_and_none_or_zero_measures_nothing() {
    #[instrument_task(slow_poll(limit))]
    async fn limited(limit: Option<Duration>) {
        block(ms(300));
    }
    let recorder = testing::Recorder::install();
    for (limit, times) in [
        (Some(ms(250)), 1),
        (Some(ms(59_000)), 1),
        (None, 1),
        (Some(Duration::ZERO), 1),
    ] {
        limited(limit).await;
        assert_eq!(recorder.of("limited").count("a poll held"), times, "{limit:?}");
    }
}
