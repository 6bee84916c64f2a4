//! What spans and logs say of a call.

use crate::recorder::Recorder;
use crate::support::{Error, cancelled_after, ms, pending, secs, sleep};
use etiquette::{CancellationToken, Limits, cancellable, instrument_task};
use std::time::Duration;
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
    // The layers have events of their own.
    let of_functions = log.events().into_iter();
    let of_functions = of_functions.filter(|event| !event.target.starts_with("etiquette::"));
    let levels: Vec<Level> = of_functions.map(|event| event.level).collect();
    assert_eq!(levels, [Level::DEBUG, Level::INFO, Level::ERROR]);
    let outcomes: Vec<String> = log.spans().iter().map(|span| span.outcome().to_owned()).collect();
    assert_eq!(outcomes, ["error", "cancelled", "error"]);
}

// RW35: a slow call is reported while it runs, less and less often, and whoever blocks the executor is named.
#[tokio::test(start_paused = true)]
async fn what_is_slow_says_so_while_it_is() {
    #[instrument_task(slow(1s), slow_poll(5s))]
    async fn compact(takes: Duration) {
        sleep(takes).await;
    }
    let log = Recorder::install();
    compact(ms(900)).await;
    compact(secs(12)).await;
    assert!(compact(secs(60)).with_timeout(ms(1_500)).await.is_err());
    let said: Vec<String> = log
        .events()
        .iter()
        .filter(|event| event.target == "etiquette::instrument_task")
        .map(|event| format!("{} {}", event.message(), event.fields["elapsed"]))
        .collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    assert_eq!(
        said,
        [
            "still running 1s",
            "still running 3s",
            "still running 7s",
            "still running 1s"
        ]
    );
}
