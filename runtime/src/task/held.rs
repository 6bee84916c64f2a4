//! Who held the executor: time is measured in frames, one inside of the other, and each is told its own part alone.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

thread_local! {
    // What the frames inside of the innermost open one took. None: nobody measures on this thread.
    static INSIDE: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// A stretch of time on this thread, from [`enter`](Self::enter) until it is left or dropped.
#[derive(Debug)]
pub(crate) struct Frame {
    // What was measured before it in the frame around it.
    around: Option<Duration>,
    // None once it is over.
    began: Option<Instant>,
}

impl Frame {
    pub(crate) fn enter() -> Self {
        Self {
            around: INSIDE.replace(Some(Duration::ZERO)),
            began: Some(Instant::now()),
        }
    }

    /// The same where someone around it measures; elsewhere no clock is read.
    #[cfg(feature = "main")]
    pub(crate) fn enter_inside() -> Option<Self> {
        INSIDE.get().map(|_| Self::enter())
    }

    /// What it took, without what the frames inside of it took.
    pub(crate) fn leave(mut self) -> Duration {
        self.close()
    }

    fn close(&mut self) -> Duration {
        let Some(began) = self.began.take() else {
            return Duration::ZERO;
        };
        let whole = began.elapsed();
        let inside = INSIDE.replace(self.around.map(|around| around.saturating_add(whole)));
        whole.saturating_sub(inside.unwrap_or_default())
    }
}

impl Drop for Frame {
    // Also where what it measures panics: the frame around it is not to blame for that time either.
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests {
    use std::{panic::catch_unwind, thread::sleep};

    use super::*;

    // Real time: what is measured is what the thread does. Bounds are from below where the time is meant to be there, and
    // far below the next figure where it is not.
    fn block(ms: u64) {
        sleep(Duration::from_millis(ms));
    }

    const FEW: Duration = Duration::from_millis(150);

    #[test]
    fn what_is_inside_is_not_its_own() {
        let outer = Frame::enter();
        let inner = Frame::enter();
        block(200);
        assert!(inner.leave() >= Duration::from_millis(200));
        let inner = Frame::enter();
        let innermost = Frame::enter();
        block(200);
        assert!(innermost.leave() >= Duration::from_millis(200));
        assert!(inner.leave() < FEW);
        assert!(outer.leave() < FEW);
        assert_eq!(INSIDE.get(), None);
    }

    #[test]
    fn a_frame_that_is_dropped_in_a_panic_is_closed() {
        let outer = Frame::enter();
        let panicked = catch_unwind(|| {
            let _inner = Frame::enter();
            block(200);
            panic!("on purpose");
        });
        assert!(panicked.is_err());
        assert!(outer.leave() < FEW);
        assert_eq!(INSIDE.get(), None);
    }
}
