//! Which results a circuit looks at: the last so many, or those of a time.

use std::time::Duration;

use super::{
    circuit::SLICES,
    settings::{count, nanos},
};
use crate::count::calls;

/// Which results are looked at.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Calls(u32),
    /// In slices of so many nanoseconds.
    Time {
        slice: u64,
    },
}

impl Window {
    pub(super) const fn calls(calls: u32) -> Self {
        Self::Calls(count(calls))
    }

    pub(super) const fn time(time: Duration) -> Self {
        let slice = nanos(time) / SLICES;
        Self::Time {
            slice: if slice == 0 { 1 } else { slice },
        }
    }
}

/// `window = EXPR`: one or the other, as its type says.
///
/// A trait cannot be asked where a `static` is made, so each type has a method of the same name.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct WindowOf<T>(T);

/// What `window =` may be.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`window` is a number of calls or a time, not `{Self}`",
    label = "neither a whole number nor a `Duration`"
)]
pub trait IsWindow: Copy {}

impl<T: IsWindow> WindowOf<T> {
    #[must_use]
    pub const fn new(window: T) -> Self {
        Self(window)
    }
}

impl IsWindow for Duration {}

impl WindowOf<Duration> {
    #[must_use]
    pub const fn window(self) -> Window {
        Window::time(self.0)
    }
}

macro_rules! calls {
    ($($int:ty)*) => {$(
        impl IsWindow for $int {}

        impl WindowOf<$int> {
            #[must_use]
            pub const fn window(self) -> Window {
                Window::calls(calls(self.0 as i128))
            }
        }
    )*};
}

calls!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);
