//! A call that waits for its turn: it tells when it gets into line, and how long it stood there.

use tokio::time::Instant;

use super::{Event, Line, is_counted, is_heard_in_detail, tell};

/// As long as a call is in line. Dropped without [`served`](Self::served) it was there in vain.
#[derive(Debug)]
pub(crate) struct InLine {
    operation: &'static str,
    at: Line,
    // None: nobody asks.
    since: Option<Instant>,
    // Whether it was counted as one more, so that it is counted as one less.
    counted: bool,
}

impl InLine {
    /// Nobody is told of a wait that is nobody's: one that was not asked for by an attribute.
    pub(crate) fn join(operation: &'static str, at: Line) -> Self {
        let since = (!operation.is_empty() && is_heard_in_detail()).then(Instant::now);
        let counted = since.is_some() && is_counted();
        if counted {
            tell(operation, Event::InLine { at, more: true });
        }
        Self {
            operation,
            at,
            since,
            counted,
        }
    }

    pub(crate) fn served(mut self) {
        self.leave(true);
    }

    fn leave(&mut self, served: bool) {
        if let Some(since) = self.since.take() {
            let (operation, at) = (self.operation, self.at);
            if self.counted {
                tell(operation, Event::InLine { at, more: false });
            }
            let waited = since.elapsed();
            tell(operation, Event::Waited { at, waited, served });
        }
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        self.leave(false);
    }
}
