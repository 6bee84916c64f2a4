//! What the attributes record: shown on stderr if asked for, and the openings of circuits counted, as the metrics of a
//! service would.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// What circuit breakers log as.
const BREAKER: &str = "etiquette::circuit_breaker";

/// How often a circuit opened.
#[derive(Clone, Default)]
pub(crate) struct Openings(Arc<AtomicU64>);

impl Openings {
    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl<S: Subscriber> Layer<S> for Openings {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let about = event.metadata();
        // Of all that a breaker says, only that it opened is a warning.
        if about.target() == BREAKER && *about.level() == Level::WARN {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Listens from now on.
pub(crate) fn init(shown: Option<LevelFilter>) -> Openings {
    let openings = Openings::default();
    let level = shown.unwrap_or(LevelFilter::OFF);
    let heard = Targets::new()
        .with_default(level)
        .with_target(BREAKER, level.max(LevelFilter::WARN));
    let shown = shown.map(|_| tracing_subscriber::fmt::layer().with_writer(io::stderr));
    tracing_subscriber::registry()
        .with(heard)
        .with(openings.clone())
        .with(shown)
        .init();
    openings
}
