//! Faults that a test has functions meet, by the name of the operation.

mod guard;
mod inject;
mod meet;

use std::{
    any::{Any, type_name},
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use fastrand::Rng;

pub use self::{
    guard::ActiveFault,
    inject::{ByFrom, ByInjectable, Injectable, Injected, NotInjectable},
    meet::{Gate, Made, meet, met},
};
use super::{
    is_called,
    jitter::random,
    settings::{Setting, set},
};

/// Where faults are made: `faults().on("fetch").first(2).fail(|| Error::Busy)`.
///
/// A fault strikes in place of the body of a function, below all its layers: a retry tries it again, a circuit breaker
/// counts it, a limit's slot is held while it hangs. Every function with an attribute of etiquette that makes a layer can
/// be struck; what has none cannot, so put `#[instrument_task]` on what a test is to break.
///
/// ```
/// use etiquette::{Classify, retry, testing::{Recorder, faults}};
///
/// #[derive(Debug, thiserror::Error, Classify)]
/// enum Error {
///     #[error("busy")]
///     #[transient]
///     Busy,
/// }
///
/// #[retry(attempts = 3, delays(10ms))]
/// async fn fetch(id: u32) -> Result<u32, Error> {
///     Ok(id)
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let down = faults().on("fetch").first(2).fail(|| Error::Busy);
/// assert_eq!(fetch(7).await.unwrap(), 7);
/// assert_eq!((down.calls(), down.strikes()), (3, 2));
/// # }
/// ```
///
/// The name is that of the function, `module::function`, or what a layer of it says with `name = "…"`; both may be
/// shortened from the left. Functions of one name in one module, as methods of two types, share it.
///
/// Faults are set for the test, as everything in this module: on all threads of an
/// [`#[etiquette::test]`](macro@crate::test), and on this thread alone elsewhere.
pub fn faults() -> Faults {
    Faults(())
}

/// What [`faults`] returns.
///
/// ```
/// use etiquette::testing::{Faults, faults};
///
/// let faults: Faults = faults();
/// let _down = faults.on("shop::pay").hang();
/// ```
#[derive(Debug)]
pub struct Faults(());

impl Faults {
    /// A fault of this operation: it still has to be said which.
    pub fn on(self, operation: impl Into<String>) -> FaultOf {
        FaultOf {
            operation: operation.into(),
            when: When::Always,
        }
    }
}

/// A fault that is being made, of one operation: when it strikes, and then what it does.
///
/// It strikes each call, or rather each run of the body: a retry's attempts are calls, and so are a hedge's runs. Several
/// faults of one operation strike in the order in which they were made: a delay and then a failure, for instance.
///
/// ```
/// use etiquette::{Stopped, with_timeout, testing::faults};
/// use std::time::Duration;
///
/// #[with_timeout(5s)]
/// async fn load() -> Result<u32, Stopped> {
///     Ok(7)
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// {
///     let _slow = faults().on("load").delay(Duration::from_secs(3));
///     assert_eq!(load().await.unwrap(), 7);
///     let _slower = faults().on("load").delay(Duration::from_secs(3));
///     assert!(load().await.unwrap_err().is_timeout());
/// }
/// let _gone = faults().on("load").nth(2).hang();
/// assert!(load().await.is_ok());
/// assert!(load().await.unwrap_err().is_timeout());
/// assert!(load().await.is_ok());
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is said what: `fail`, `delay`, `hang` or `panic`"]
pub struct FaultOf {
    operation: String,
    when: When,
}

/// Which calls are struck.
#[derive(Clone, Copy, Debug)]
enum When {
    Always,
    First(usize),
    Nth(usize),
    Rate(f64),
}

/// What is done.
enum What {
    Fail {
        make: Box<dyn Fn() -> Box<dyn Any> + Send + Sync>,
        of: &'static str,
    },
    Delay(Duration),
    Hang,
    Panic(String),
}

impl FaultOf {
    /// Strikes the first so many calls from now on.
    pub fn first(mut self, calls: usize) -> Self {
        self.when = When::First(calls);
        self
    }

    /// Strikes one call from now on, counted from 1.
    pub fn nth(mut self, call: usize) -> Self {
        self.when = When::Nth(call);
        self
    }

    /// Strikes this part of the calls, from 0 to 1: the same ones each time the test runs, from the
    /// [seed](super::seed) that is set or else from one that is always the same.
    pub fn rate(mut self, rate: f64) -> Self {
        self.when = When::Rate(rate);
        self
    }

    /// Fails with this error, without running the body. The closure makes one for each call that is struck.
    ///
    /// The error is that of the function's `Result`, exactly. It has to be one of
    ///
    /// * a type of yours with [`derive(Classify)`](derive@crate::Classify) and without parameters, or any other for which
    ///   you implement [`Injectable`];
    /// * an error of `std`, Tokio or etiquette that implements it: see there;
    /// * `anyhow::Error`, `Box<dyn Error + Send + Sync>` or whatever else implements `From<`[`Injected`]`>`: make an
    ///   [`Injected`] here.
    ///
    /// A function that returns no `Result`, or one with an `impl Trait` in it, cannot be made to fail, only to be late,
    /// to hang and to panic.
    ///
    /// # Panics
    ///
    /// The call that is struck panics when the function does not return this error, and names both types.
    pub fn fail<E: 'static>(self, error: impl Fn() -> E + Send + Sync + 'static) -> ActiveFault {
        self.set(What::Fail {
            make: Box::new(move || Box::new(error())),
            of: type_name::<E>(),
        })
    }

    /// Waits that long on Tokio's clock, and then runs the body.
    pub fn delay(self, delay: Duration) -> ActiveFault {
        self.set(What::Delay(delay))
    }

    /// Never returns: only what is around it, such as a timeout or a cancellation, ends the call.
    pub fn hang(self) -> ActiveFault {
        self.set(What::Hang)
    }

    /// Panics with this text.
    pub fn panic(self, text: impl Into<String>) -> ActiveFault {
        self.set(What::Panic(text.into()))
    }

    fn set(self, what: What) -> ActiveFault {
        let fault = Arc::new(Fault {
            operation: self.operation,
            when: self.when,
            what,
            calls: AtomicUsize::new(0),
            strikes: AtomicUsize::new(0),
            random: Mutex::new(random()),
        });
        let guard = set(Setting::Fault(Arc::clone(&fault)));
        ActiveFault::new(fault, guard)
    }
}

/// A fault as it is set.
pub(super) struct Fault {
    operation: String,
    when: When,
    what: What,
    calls: AtomicUsize,
    strikes: AtomicUsize,
    random: Mutex<Rng>,
}

impl Fault {
    fn is_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| is_called(name, &self.operation))
    }

    /// Whether it is due at the call that begins here: counts the call.
    fn is_due(&self) -> bool {
        let call = self.calls.fetch_add(1, Relaxed) + 1;
        match self.when {
            When::Always => true,
            When::First(calls) => call <= calls,
            When::Nth(number) => call == number,
            When::Rate(rate) => self.random.lock().unwrap_or_else(PoisonError::into_inner).f64() < rate,
        }
    }

    /// Counts that it acts: one that was set before it may have ended the call.
    fn strikes(&self) {
        self.strikes.fetch_add(1, Relaxed);
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.what {
            What::Fail { of, .. } => format!("fail with a {of}"),
            What::Delay(delay) => format!("delay by {delay:?}"),
            What::Hang => "hang".to_owned(),
            What::Panic(text) => format!("panic with {text:?}"),
        };
        f.debug_struct("Fault")
            .field("operation", &self.operation)
            .field("when", &self.when)
            .field("what", &what)
            .field("calls", &self.calls)
            .field("strikes", &self.strikes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
