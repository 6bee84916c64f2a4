//! Errors that a fault can put into the place of a function's own.
//!
//! The type of the function's error is known where the function is, and that of the fault's where the test is: they meet as
//! `dyn Any`, and so the error has to be `'static`. A bound on that in a probe would be chosen for a parameter of the user's
//! too and then refused by the borrow checker, so a trait that implies it is asked for instead.

use std::{any::Any, error::Error, fmt};

use crate::probe::TypeOf;

/// An error that a fault can make.
///
/// [`derive(Classify)`](derive@crate::Classify) implements it for types without parameters, while `test-util` is on. It is
/// implemented for `()`, `String`, `std::io::Error`, `std::fmt::Error`, Tokio's `Elapsed`, [`Stopped`](crate::Stopped) and
/// what is in that, and for the errors of `reqwest`, `sqlx` and `tonic` with the features of that name. Any other error
/// needs a line beside it:
///
/// ```
/// use etiquette::{retry, testing::{Injectable, faults}};
///
/// #[derive(Debug, PartialEq)]
/// struct Busy;
///
/// // #[cfg(test)]
/// impl Injectable for Busy {}
///
/// #[retry(attempts = 2, delays(1ms), when = any)]
/// async fn fetch() -> Result<u32, Busy> {
///     Ok(7)
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let _down = faults().on("fetch").fail(|| Busy);
/// assert_eq!(fetch().await, Err(Busy));
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a fault cannot make a `{Self}`",
    note = "write `impl etiquette::testing::Injectable for {Self} {{}}` beside it"
)]
pub trait Injectable: Sized + 'static {}

macro_rules! injectable {
    ($($(#[$cfg:meta])* $error:ty,)*) => {$(
        $(#[$cfg])*
        impl Injectable for $error {}
    )*};
}

injectable! {
    (),
    String,
    std::io::Error,
    fmt::Error,
    tokio::time::error::Elapsed,
    crate::Stopped,
    crate::TimedOut,
    crate::Cancelled,
    crate::CircuitOpen,
    crate::AtCapacity,
    crate::RateLimited,
    #[cfg(feature = "reqwest")]
    ::reqwest::Error,
    #[cfg(feature = "sqlx")]
    ::sqlx::Error,
    #[cfg(feature = "tonic")]
    ::tonic::Status,
}

/// An error for functions that take any: `anyhow::Error`, `Box<dyn Error + Send + Sync>`, or an error of yours with a
/// `From<Injected>`. It reads as what is in it, which is its source too.
///
/// ```
/// use etiquette::{retry, testing::{Injected, faults}};
///
/// #[retry(attempts = 2, delays(1ms), when = any)]
/// async fn fetch() -> anyhow::Result<u32> {
///     Ok(7)
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let _down = faults().on("fetch").fail(|| Injected::new("no route to host"));
/// assert_eq!(fetch().await.unwrap_err().to_string(), "no route to host");
/// # }
/// ```
#[derive(Debug)]
pub struct Injected(Box<dyn Error + Send + Sync>);

impl Injected {
    /// With an error in it, or a text.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Error for Injected {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}

/// Is it the error itself?
#[doc(hidden)]
pub trait ByInjectable<R> {
    fn __etq_injected(&self, error: Box<dyn Any>) -> Option<R>;
}

impl<T, E: Injectable> ByInjectable<Result<T, E>> for &&TypeOf<Result<T, E>> {
    fn __etq_injected(&self, error: Box<dyn Any>) -> Option<Result<T, E>> {
        Some(Err(*error.downcast().ok()?))
    }
}

/// Is it one that it can be made from?
#[doc(hidden)]
pub trait ByFrom<R> {
    fn __etq_injected(&self, error: Box<dyn Any>) -> Option<R>;
}

impl<T, E: From<Injected>> ByFrom<Result<T, E>> for &TypeOf<Result<T, E>> {
    fn __etq_injected(&self, error: Box<dyn Any>) -> Option<Result<T, E>> {
        let error: Box<Injected> = error.downcast().ok()?;
        Some(Err((*error).into()))
    }
}

#[doc(hidden)]
pub trait NotInjectable<R> {
    fn __etq_injected(&self, error: Box<dyn Any>) -> Option<R>;
}

impl<R> NotInjectable<R> for TypeOf<R> {
    fn __etq_injected(&self, _: Box<dyn Any>) -> Option<R> {
        None
    }
}
