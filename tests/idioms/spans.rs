//! What spans and logs say of a call.

use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, pending, secs, sleep};
use etiquette::{CancellationToken, Limits, cancellable, instrument_task};
use std::pin::pin;
use std::time::Duration;
use tokio::time::Instant;
use tracing::{Level, Span};

struct Packager {
    index: String,
}

impl Packager {
    #[instrument_task(
        name = "package_batch",
        level = debug,
        parent = parent,
        fields(index = %self.index, splits = splits.len(), bytes = Empty)
    )]
    async fn package(&self, parent: &Span, splits: &[u32]) -> u32 {
        sleep(secs(1)).await;
        let bytes = splits.iter().sum();
        Span::current().record("bytes", bytes);
        bytes
    }
}

// RW33: fields from arguments, one that is filled in later, and a parent that is not the current span.
#[tokio::test(start_paused = true)]
async fn spans_hold_what_is_asked_of_them() {
    let log = Recorder::install();
    let parent = tracing::info_span!("pipeline");
    let elsewhere = tracing::info_span!("elsewhere").entered();
    let packager = Packager { index: "hdfs".into() };
    drop(elsewhere);
    assert_eq!(packager.package(&parent, &[3, 4]).await, 7);
    let spans = log.spans();
    let span = |name: &str| spans.iter().find(|span| span.name == name).unwrap();
    let packaged = span("package_batch");
    assert_eq!(
        (packaged.level, packaged.parent),
        (Level::DEBUG, Some(span("pipeline").id))
    );
    let fields: Vec<String> = ["index", "splits", "bytes", "outcome"]
        .map(|name| packaged.fields[name].clone())
        .to_vec();
    assert_eq!(fields, ["hdfs", "2", "7", "ok"]);
}

// RW34: how loud an error is, is chosen by the function; a cancellation is none.
#[tokio::test(start_paused = true)]
async fn errors_are_as_loud_as_they_should_be() {
    #[instrument_task(err(level = debug))]
    async fn get_layer() -> Result<u32, Error> {
        Err(Error::NotSent)
    }
    #[instrument_task(err(level = error))]
    #[cancellable]
    async fn put(token: CancellationToken) -> Result<u32, Error> {
        match token.is_cancelled() {
            true => Err(Error::Bad),
            false => pending().await,
        }
    }
    #[instrument_task(err(level = error))]
    async fn lost() -> Result<u32, Error> {
        Err(Error::Bad)
    }
    let log = Recorder::install();
    assert!(get_layer().await.is_err());
    assert!(put(cancelled_after(5)).await.is_err());
    assert!(lost().await.is_err());
    let levels: Vec<Level> = log.events().iter().map(|event| event.level).collect();
    assert_eq!(levels, [Level::DEBUG, Level::INFO, Level::ERROR]);
    let outcomes: Vec<String> = log.spans().iter().map(|span| span.outcome().to_owned()).collect();
    assert_eq!(outcomes, ["error", "cancelled", "error"]);
}

/// Says that it still runs after so long, and again after twice as long each time.
async fn overdue<F: Future>(label: &str, after: Duration, future: F) -> F::Output {
    let (start, mut patience) = (Instant::now(), after);
    let mut future = pin!(future);
    loop {
        match future.as_mut().with_timeout(patience).await {
            Ok(out) => return out,
            Err(_) => tracing::warn!(label, elapsed = ?start.elapsed(), "still running"),
        }
        patience *= 2;
    }
}

// RW35: a slow future is reported while it runs, less and less often. No attribute does it as yet.
#[tokio::test(start_paused = true)]
async fn what_is_slow_says_so_while_it_is() {
    let log = Recorder::install();
    assert_eq!(overdue("quick", secs(1), async { 1 }).await, 1);
    let slow = async {
        sleep(secs(12)).await;
        2
    };
    assert_eq!(overdue("slow", secs(1), slow).await, 2);
    let said: Vec<String> = log
        .events()
        .iter()
        .map(|event| event.fields["elapsed"].clone())
        .collect();
    assert_eq!(said, ["1s", "3s", "7s"]);
    let never = overdue("dropped", secs(1), pending::<()>());
    assert!(never.with_timeout(ms(500)).await.is_err());
    assert_eq!(log.events().len(), 3);
}
