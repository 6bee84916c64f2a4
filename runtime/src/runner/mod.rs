//! What starts a program or a test: the runtime, the group of tasks, and how it all ends.

#[cfg(feature = "main")]
mod program;
mod shim;
#[cfg(feature = "main")]
mod signals;
mod test;
#[cfg(feature = "main")]
mod watch;

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

#[cfg(feature = "main")]
pub use self::program::{Told, main};
pub use self::test::test;
use crate::{Drain, limit::IntoLimit};

/// What `#[etiquette::main]` and `#[etiquette::test]` were told.
#[doc(hidden)]
#[derive(Debug)]
#[must_use]
pub struct Runner {
    multi_thread: bool,
    workers: Option<usize>,
    paused: bool,
    drain: Drain,
    timeout: Option<Duration>,
}

impl Runner {
    /// On the thread that calls.
    #[allow(clippy::new_without_default, reason = "only expansions make one")]
    pub fn new() -> Self {
        Self {
            multi_thread: false,
            workers: None,
            paused: false,
            drain: Drain::default(),
            timeout: None,
        }
    }

    #[cfg(feature = "main")]
    pub const fn multi_thread(mut self) -> Self {
        self.multi_thread = true;
        self
    }

    pub const fn workers(mut self, workers: usize) -> Self {
        // None at all is refused by Tokio, and means as few as possible.
        self.workers = Some(if workers == 0 { 1 } else { workers });
        self
    }

    #[cfg(feature = "test-util")]
    pub const fn paused(mut self, paused: bool) -> Self {
        self.paused = paused;
        self
    }

    pub const fn finish(mut self, finish: Duration) -> Self {
        self.drain.finish = finish;
        self
    }

    pub const fn cancel(mut self, cancel: Duration) -> Self {
        self.drain.cancel = cancel;
        self
    }

    pub fn timeout(mut self, limit: impl IntoLimit) -> Self {
        self.timeout = limit.into_limit().duration();
        self
    }

    fn runtime(&self) -> Runtime {
        built(&mut self.builder())
    }

    fn builder(&self) -> Builder {
        let mut builder = match self.multi_thread {
            #[cfg(feature = "main")]
            true => Builder::new_multi_thread(),
            _ => Builder::new_current_thread(),
        };
        builder.enable_all();
        #[cfg(feature = "main")]
        if let Some(workers) = self.workers {
            builder.worker_threads(workers);
        }
        #[cfg(feature = "test-util")]
        builder.start_paused(self.paused);
        builder
    }
}

#[allow(
    clippy::expect_used,
    reason = "without a runtime there is nothing to be run, as in `tokio::main`"
)]
fn built(builder: &mut Builder) -> Runtime {
    builder.build().expect("the runtime can be built")
}

#[cfg(test)]
mod tests;
