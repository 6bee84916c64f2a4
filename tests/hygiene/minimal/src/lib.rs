//! Without the default features: no tracing, and `#[instrument_task]` keeps to what needs none.

#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/every.rs"]
mod every;
#[path = "../../shared/layers.rs"]
mod layers;

const NEVER: Option<std::time::Instant> = None;

/// A source of this crate's own.
#[derive(Clone)]
struct CancellationToken(bool);

impl CancellationToken {
    fn new() -> Self {
        Self(false)
    }

    fn is_cancelled(&self) -> bool {
        self.0
    }
}

impl etiquette::CancelSource for &CancellationToken {
    fn is_cancelled(&mut self) -> bool {
        self.0
    }

    fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
        std::future::pending()
    }
}

mod traps {}
