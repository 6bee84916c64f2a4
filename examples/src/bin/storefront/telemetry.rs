//! What the attributes record, shown on stderr if asked for.

use std::io;

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Shows from now on what is of this level or above.
pub(crate) fn init(shown: Option<LevelFilter>) {
    if let Some(level) = shown {
        tracing_subscriber::registry()
            .with(level)
            .with(tracing_subscriber::fmt::layer().with_writer(io::stderr))
            .init();
    }
}
