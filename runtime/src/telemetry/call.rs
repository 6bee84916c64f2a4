//! One call of a function with `#[instrument_task]`, as far as it is counted and recorded.

#[cfg(feature = "metrics")]
use std::sync::{Arc, OnceLock};
use std::time::Duration;

#[cfg(feature = "metrics")]
use crate::metrics::Handles;
#[cfg(feature = "test-util")]
use crate::telemetry::Event;

/// Where a call is written: what it is counted under is found once, and kept here.
#[doc(hidden)]
#[derive(Debug)]
pub struct Site {
    operation: &'static str,
    #[cfg(feature = "metrics")]
    handles: OnceLock<Arc<Handles>>,
}

impl Site {
    #[must_use]
    pub const fn new(operation: &'static str) -> Self {
        Self {
            operation,
            #[cfg(feature = "metrics")]
            handles: OnceLock::new(),
        }
    }

    #[cfg(feature = "metrics")]
    #[inline]
    fn handles(&self) -> &Handles {
        self.handles
            .get_or_init(|| crate::metrics::handles(self.operation))
    }
}

/// A call from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Call {
    // None: nobody asks.
    site: Option<&'static Site>,
    // Whether its beginning was counted, so that its end is.
    #[cfg(feature = "metrics")]
    counted: bool,
}

impl Call {
    #[inline]
    pub(crate) fn begin(site: &'static Site) -> Self {
        let counted = super::is_counted();
        #[cfg(feature = "metrics")]
        if counted {
            site.handles().call_began();
        }
        let watched = counted || super::is_recorded();
        Self {
            site: watched.then_some(site),
            #[cfg(feature = "metrics")]
            counted,
        }
    }

    #[inline]
    pub(crate) const fn is_watched(&self) -> bool {
        self.site.is_some()
    }

    pub(crate) fn end(&self, outcome: &'static str, elapsed: Duration) {
        let Some(site) = self.site else {
            return;
        };
        #[cfg(feature = "metrics")]
        if self.counted {
            site.handles().call_ended(outcome, elapsed);
        }
        #[cfg(feature = "test-util")]
        crate::testing::tell(site.operation, &Event::Ended { outcome });
        #[cfg(not(all(feature = "metrics", feature = "test-util")))]
        let _ = (site, elapsed);
    }
}
