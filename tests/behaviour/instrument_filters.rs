//! What we ask tracing must not cost others their events: layers with filters of their own.

use crate::support::{Error, ms, sleep};
use etiquette::{retry, with_timeout};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tracing::Subscriber;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

#[derive(Clone, Default)]
struct Counter(Arc<AtomicU32>);

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "mine" {
            self.0.fetch_add(1, Relaxed);
        }
    }
}

/// Interested in everything but what retries say.
struct Deaf;

impl<S: Subscriber> Layer<S> for Deaf {}

#[with_timeout(5s, total)]
#[retry(attempts = 2, constant(1ms), jitter = none)]
async fn fails() -> Result<(), Error> {
    sleep(ms(1)).await;
    Err(Error::Busy)
}

#[tokio::test(start_paused = true)]
async fn an_event_after_a_retry_reaches_every_layer() {
    let counter = Counter::default();
    let only_mine = tracing_subscriber::filter::filter_fn(|metadata| metadata.target() == "mine");
    let subscriber = tracing_subscriber::registry()
        .with(counter.clone().with_filter(only_mine))
        .with(Deaf.with_filter(LevelFilter::WARN));
    let _listening = tracing::subscriber::set_default(subscriber);
    for n in 1..=3 {
        assert_eq!(fails().await, Err(Error::Busy));
        tracing::warn!(target: "mine", n);
        assert_eq!(counter.0.load(Relaxed), n);
    }
}
