#![doc = include_str!("../guide/telemetry.md")]
//!
//! Every layer tells here what it did, once, for all who listen. Layers tell on their cold paths alone: a call that
//! succeeds at once has nothing to tell.

#[cfg(any(feature = "metrics", feature = "test-util"))]
pub(crate) mod call;
mod event;
mod in_line;
#[cfg(feature = "tracing")]
mod log;

#[cfg(any(feature = "tracing", feature = "metrics", feature = "test-util"))]
pub(crate) use self::event::kind_name;
pub(crate) use self::{
    event::{Change, Event, Line, Refusal},
    in_line::InLine,
};

/// Tells the recorder that is installed what each metric is: units and help texts, where it shows them. Names and labels
/// are those of the [table](self#metrics), with or without.
///
/// ```
/// // after the exporter was installed:
/// etiquette::telemetry::describe_metrics();
/// ```
#[cfg(feature = "metrics")]
pub fn describe_metrics() {
    crate::metrics::describe();
}

/// Has two more subscribers in the process. As long as there is one alone, a callsite that another thread comes to first
/// asks that thread's, finds none, and stays silent for the one of the test.
#[cfg(all(test, feature = "tracing"))]
pub(crate) fn keep_callsites_heard() {
    use std::sync::OnceLock;
    use tracing::{Dispatch, subscriber::NoSubscriber};

    static OTHERS: OnceLock<[Dispatch; 2]> = OnceLock::new();
    OTHERS.get_or_init(|| [0, 1].map(|_| Dispatch::new(NoSubscriber::default())));
}

/// Tells everybody that a layer of `operation` did this.
#[cold]
#[inline(never)]
#[cfg_attr(
    not(any(feature = "tracing", feature = "metrics", feature = "test-util")),
    allow(clippy::needless_pass_by_value, reason = "nobody is there")
)]
pub(crate) fn tell(operation: &'static str, event: Event<'_>) {
    #[cfg(feature = "tracing")]
    log::tell(operation, &event);
    #[cfg(feature = "metrics")]
    crate::metrics::tell(operation, &event);
    #[cfg(feature = "test-util")]
    crate::testing::tell(operation, &event);
    #[cfg(not(any(feature = "tracing", feature = "metrics", feature = "test-util")))]
    let _ = (operation, event);
}

/// Whether anyone may read what is told of retries in words: one load, so that nothing is prepared for nobody.
#[inline]
pub(crate) fn is_heard() -> bool {
    logs_warnings() || is_recorded()
}

/// Whether what only matters in detail, such as how long a call was in line, may be asked for.
#[inline]
pub(crate) fn is_heard_in_detail() -> bool {
    #[cfg(feature = "tracing")]
    let logs = tracing::level_filters::LevelFilter::current() >= tracing::Level::DEBUG;
    #[cfg(not(feature = "tracing"))]
    let logs = false;
    logs || is_counted() || is_recorded()
}

#[inline]
fn logs_warnings() -> bool {
    #[cfg(feature = "tracing")]
    let logs = tracing::level_filters::LevelFilter::current() >= tracing::Level::WARN;
    #[cfg(not(feature = "tracing"))]
    let logs = false;
    logs
}

/// Whether there may be a metrics recorder.
#[inline]
pub(crate) fn is_counted() -> bool {
    #[cfg(feature = "metrics")]
    let counted = crate::metrics::is_counted();
    #[cfg(not(feature = "metrics"))]
    let counted = false;
    counted
}

/// Whether a test records what happens here.
#[inline]
pub(crate) fn is_recorded() -> bool {
    #[cfg(feature = "test-util")]
    let recorded = crate::testing::is_recorded();
    #[cfg(not(feature = "test-util"))]
    let recorded = false;
    recorded
}
