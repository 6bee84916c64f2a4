//! Spans above, between and below other layers.

use crate::recorder::{Recorder, SpanSeen};
use crate::support::{Error, Runs, cancelled_after, ms, pending, sleep};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

/// The spans of a call by name: how each ended, and within what.
fn ends(spans: &[SpanSeen]) -> Vec<String> {
    spans
        .iter()
        .map(|span| {
            assert!(span.closed && span.entered == 0, "{span:#?}");
            let parent = spans
                .iter()
                .position(|other| Some(other.id) == span.parent && other.name != span.name);
            let within = parent.map_or("", |at| &spans[at].name);
            format!("{} in {within:?}: {}", span.name, span.outcome())
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_span_above_all_tells_how_the_whole_ended() {
    #[instrument_task(name = "call")]
    #[cancellable]
    #[with_timeout(100ms, total)]
    #[retry(attempts = 3, constant(20ms), jitter = none)]
    #[with_timeout(30ms, attempt)]
    async fn call(token: CancellationToken, runs: &Runs, script: &str) -> Result<u32, Error> {
        match script.as_bytes()[runs.next() as usize - 1] {
            b'+' => Ok(7),
            b'-' => Err(Error::Busy),
            b'x' => Err(Error::Bad),
            _ => pending().await,
        }
    }
    let play = async |script: &str, token| {
        let recorder = Recorder::install();
        let _ = call(token, &Runs::default(), script).await;
        recorder.span().recorded.join(" ")
    };
    let never = CancellationToken::new;
    assert_eq!(play("+", never()).await, "attempts=1 outcome=ok elapsed=0ns");
    assert_eq!(
        play("-+", never()).await,
        "attempts=1 attempts=2 outcome=ok elapsed=20ms"
    );
    assert_eq!(
        play("x", never()).await,
        "attempts=1 gave_up=permanent outcome=error elapsed=0ns"
    );
    assert_eq!(
        play(".+", never()).await,
        "attempts=1 attempts=2 outcome=ok elapsed=50ms"
    );
    // The last run counts, not those before it.
    assert_eq!(
        play(".x", never()).await,
        "attempts=1 attempts=2 gave_up=permanent outcome=error elapsed=50ms"
    );
    assert_eq!(
        play("--.", never()).await,
        "attempts=1 attempts=2 attempts=3 gave_up=attempts outcome=timed_out elapsed=70ms"
    );
    assert_eq!(
        play("..+", never()).await,
        "attempts=1 attempts=2 attempts=3 outcome=ok elapsed=100ms"
    );
    assert_eq!(
        play("...", never()).await,
        "attempts=1 attempts=2 attempts=3 outcome=timed_out elapsed=100ms"
    );
    assert_eq!(
        play("-..", cancelled_after(30)).await,
        "attempts=1 attempts=2 outcome=cancelled elapsed=30ms"
    );
    assert_eq!(
        play("-..", cancelled_after(10)).await,
        "attempts=1 outcome=cancelled elapsed=10ms"
    );
}

#[tokio::test(start_paused = true)]
async fn a_span_between_tells_of_what_is_below_it() {
    #[with_timeout(25ms, total)]
    #[instrument_task]
    #[retry(attempts = 2, constant(20ms), jitter = none)]
    async fn below_total(runs: &Runs, last: u64) -> Result<u32, Error> {
        if runs.next() == 1 {
            return Err(Error::Busy);
        }
        sleep(ms(last)).await;
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    let _ = below_total(&Runs::default(), 5).await;
    let _ = below_total(&Runs::default(), 6).await;
    let recorded: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| span.recorded.join(" "))
        .collect();
    assert_eq!(
        recorded,
        [
            "attempts=1 attempts=2 gave_up=attempts outcome=error elapsed=25ms",
            "attempts=1 attempts=2 outcome=dropped elapsed=25ms",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_span_below_retry_is_one_per_attempt() {
    #[retry(attempts = 3, constant(20ms), jitter = none)]
    #[instrument_task]
    #[with_timeout(30ms, attempt)]
    async fn above_limit(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Busy),
            2 => pending().await,
            run => Ok(run),
        }
    }
    #[retry(attempts = 3, constant(20ms), jitter = none)]
    #[with_timeout(30ms, attempt)]
    #[instrument_task]
    async fn below_limit(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Busy),
            2 => pending().await,
            run => Ok(run),
        }
    }
    let recorder = Recorder::install();
    assert_eq!(above_limit(&Runs::default()).await, Ok(3));
    let outcomes: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| span.recorded.join(" "))
        .collect();
    assert_eq!(
        outcomes,
        [
            "outcome=error elapsed=0ns",
            "outcome=timed_out elapsed=30ms",
            "outcome=ok elapsed=0ns"
        ]
    );
    let recorder = Recorder::install();
    assert_eq!(below_limit(&Runs::default()).await, Ok(3));
    let outcomes: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| span.recorded.join(" "))
        .collect();
    assert_eq!(
        outcomes,
        [
            "outcome=error elapsed=0ns",
            "outcome=dropped elapsed=30ms",
            "outcome=ok elapsed=0ns"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn two_spans_around_retry_nest() {
    #[instrument_task(name = "all")]
    #[retry(attempts = 2, constant(0s))]
    #[instrument_task(name = "one", fields(n = runs.count()))]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Busy),
            run => Ok(run),
        }
    }
    let recorder = Recorder::install();
    assert_eq!(call(&Runs::default()).await, Ok(2));
    let spans = recorder.spans();
    assert_eq!(
        ends(&spans),
        [
            r#"all in "": ok"#,
            r#"one in "all": error"#,
            r#"one in "all": ok"#
        ]
    );
    assert_eq!(
        spans[0].recorded,
        ["attempts=1", "attempts=2", "outcome=ok", "elapsed=0ns"]
    );
    assert_eq!(
        (spans[1].fields["n"].as_str(), spans[2].fields["n"].as_str()),
        ("0", "1")
    );
}

// H142, H147
#[tokio::test(start_paused = true)]
async fn tracings_own_instrument_below_ours_is_innermost() {
    #[instrument_task(name = "ours")]
    #[retry(attempts = 2, constant(0s))]
    #[tracing::instrument(skip_all, name = "theirs")]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        match runs.next() {
            1 => Err(Error::Busy),
            run => Ok(run),
        }
    }
    let recorder = Recorder::install();
    assert_eq!(call(&Runs::default()).await, Ok(2));
    assert_eq!(
        ends(&recorder.spans()),
        [
            r#"ours in "": ok"#,
            r#"theirs in "ours": "#,
            r#"theirs in "ours": "#
        ]
    );
}
