//! The options of a circuit, as methods of what has settings.

use std::time::Duration;

use super::{CircuitBreaker, KeyedCircuitBreaker, window::Window};

macro_rules! options {
    ($($breaker:ty)*) => {$(
        impl $breaker {
            /// What its events and metrics call it. An attribute calls it by the function; one without a name has no gauge
            /// of its state.
            #[must_use]
            pub const fn name(mut self, name: &'static str) -> Self {
                self.settings = self.settings.name(name);
                self
            }

            /// Which part of the results has to be failures: from 0 to 1, 0.5 unless set. 0 means
            /// any failure.
            #[must_use]
            pub const fn failure_rate(mut self, rate: f64) -> Self {
                self.settings = self.settings.failure_rate(rate);
                self
            }

            /// How many results are looked at: 100 unless set. 0 counts as 1.
            #[must_use]
            pub const fn window(mut self, calls: u32) -> Self {
                self.settings = self.settings.window(Window::calls(calls));
                self
            }

            /// Looks at the results of this long, instead of at a number of them.
            ///
            /// They are forgotten in tenths of it: none is looked at for longer than this, and each
            /// for at least nine tenths. Reads the clock with each result.
            #[must_use]
            pub const fn window_time(mut self, time: Duration) -> Self {
                self.settings = self.settings.window(Window::time(time));
                self
            }

            /// `window = EXPR` of the attribute.
            #[doc(hidden)]
            #[must_use]
            pub const fn __window(mut self, window: Window) -> Self {
                self.settings = self.settings.window(window);
                self
            }

            /// How many results there have to be: 20 unless set, and never more than the window has.
            #[must_use]
            pub const fn min_calls(mut self, calls: u32) -> Self {
                self.settings = self.settings.min_calls(calls);
                self
            }

            /// So many failures in a row open it, instead of a rate. 0 counts as 1.
            #[must_use]
            pub const fn consecutive(mut self, failures: u32) -> Self {
                self.settings = self.settings.consecutive(failures);
                self
            }

            /// How long it is open at first: 30 seconds unless set.
            #[must_use]
            pub const fn open_for(mut self, time: Duration) -> Self {
                self.settings = self.settings.open_for(time);
                self
            }

            /// How much longer it is open each time it opens again without having been closed: 2
            /// unless set. Less than 1 counts as 1.
            #[must_use]
            pub const fn factor(mut self, factor: f64) -> Self {
                self.settings = self.settings.factor(factor);
                self
            }

            /// The longest it is open at a time: 5 minutes unless set, or
            /// [`open_for`](Self::open_for) where that is longer.
            #[must_use]
            pub const fn max(mut self, longest: Duration) -> Self {
                self.settings = self.settings.max(longest);
                self
            }

            /// How many calls are let through to find out whether all is well again: 3 unless set.
            /// 0 counts as 1.
            #[must_use]
            pub const fn probes(mut self, calls: u32) -> Self {
                self.settings = self.settings.probes(calls);
                self
            }

            /// Looks at calls that take longer than this, whatever comes of them: too many open it,
            /// and one among those that probe opens it again. Reads the clock with each call.
            #[must_use]
            pub const fn slow_call(mut self, longer_than: Duration) -> Self {
                self.settings = self.settings.slow_call(longer_than);
                self
            }

            /// Which part of the calls has to be slow: all of them unless set.
            #[must_use]
            pub const fn slow_rate(mut self, rate: f64) -> Self {
                self.settings = self.settings.slow_rate(rate);
                self
            }

            /// A call that is dropped on its way is a failure.
            #[must_use]
            pub const fn abandoned_is_failure(mut self) -> Self {
                self.settings = self.settings.abandoned_is_failure();
                self
            }
        }
    )*};
}

options!(CircuitBreaker KeyedCircuitBreaker);
