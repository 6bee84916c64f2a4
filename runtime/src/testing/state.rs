//! The state of a function by its name: to look at in a test, and to set.

use std::{any::Any, error::Error, fmt};

use super::{is_called, world::World};
use crate::{
    CircuitBreaker, ConcurrencyLimit, KeyedCircuitBreaker, KeyedConcurrencyLimit, KeyedRateLimit,
    KeyedRetryBudget, RateLimit, RetryBudget,
};

macro_rules! by_name {
    ($(
        $(#[$doc:meta])*
        $name:ident: $ty:ident, $what:literal;
    )*) => {$(
        $(#[$doc])*
        ///
        /// `operation` is the name on spans and in errors: `app::users::fetch`, or what `name = "…"` says. It may be
        /// shortened from the left: `users::fetch`, `fetch`.
        ///
        /// # Errors
        ///
        /// In this test no call has used one of that name, more than one has, or this is called outside of an
        /// [`#[etiquette::test]`](macro@crate::test) and of [`isolate`](super::isolate). One that was named by
        /// an option (`state = …`, `budget = …`) is not found: it is yours, and shared by all tests.
        pub fn $name(operation: &str) -> Result<&'static $ty, StateNotFound> {
            find(operation, $what)
        }
    )*};
}

by_name! {
    /// The budget of a `#[retry]`, `#[hedge]` or `retrying!` that has one of its own.
    ///
    /// In an [`#[etiquette::test]`](macro@crate::test):
    ///
    /// ```
    /// use etiquette::{hedge, testing};
    ///
    /// #[hedge(after = 50ms)]
    /// async fn read() -> Result<u32, std::io::Error> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// read().await.unwrap();
    /// assert_eq!(testing::budget("read").unwrap().tokens(), 500);
    /// # }
    /// ```
    budget: RetryBudget, "retry budget";
    /// The budgets of a `#[retry(key = …)]` or `#[hedge(key = …)]` that has its own.
    ///
    /// ```
    /// use etiquette::{retry, testing};
    ///
    /// #[retry(key = host, when = any)]
    /// async fn ask(host: &str) -> Result<u32, std::io::Error> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// ask("db-1").await.unwrap();
    /// assert_eq!(testing::keyed_budget("ask").unwrap().keys(), 0);
    /// # }
    /// ```
    keyed_budget: KeyedRetryBudget, "retry budget by key";
    /// The circuit of a `#[circuit_breaker]` that has one of its own.
    ///
    /// ```
    /// use etiquette::{Stopped, circuit_breaker, testing};
    ///
    /// #[circuit_breaker]
    /// async fn fetch() -> Result<u32, Stopped> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// fetch().await.unwrap();
    /// let breaker = testing::breaker("fetch").unwrap();
    /// breaker.force_open();
    /// assert!(fetch().await.unwrap_err().is_refusal());
    /// breaker.reset();
    /// assert!(fetch().await.is_ok());
    /// # }
    /// ```
    breaker: CircuitBreaker, "circuit breaker";
    /// The circuits of a `#[circuit_breaker(key = …)]` that has its own.
    ///
    /// ```
    /// use etiquette::{Stopped, circuit_breaker, testing};
    ///
    /// #[circuit_breaker(key = host)]
    /// async fn fetch(host: &str) -> Result<u32, Stopped> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// fetch("db-1").await.unwrap();
    /// testing::keyed_breaker("fetch").unwrap().of("db-1").unwrap().force_open();
    /// assert!(fetch("db-1").await.is_err());
    /// assert!(fetch("db-2").await.is_ok());
    /// # }
    /// ```
    keyed_breaker: KeyedCircuitBreaker, "circuit breaker by key";
    /// The slots of a `#[concurrency_limit(N)]` or `#[blocking(limit = N)]`.
    ///
    /// ```
    /// use etiquette::{Stopped, concurrency_limit, testing};
    ///
    /// #[concurrency_limit(2, wait = none)]
    /// async fn render() -> Result<u32, Stopped> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// render().await.unwrap();
    /// assert_eq!(testing::concurrency_limit("render").unwrap().available(), 2);
    /// # }
    /// ```
    concurrency_limit: ConcurrencyLimit, "concurrency limit";
    /// The slots of a `#[concurrency_limit(N, key = …)]`.
    ///
    /// ```
    /// use etiquette::{Stopped, concurrency_limit, testing};
    ///
    /// #[concurrency_limit(2, key = host, wait = none)]
    /// async fn fetch(host: &str) -> Result<u32, Stopped> {
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// fetch("db-1").await.unwrap();
    /// assert_eq!(testing::keyed_concurrency_limit("fetch").unwrap().available("db-1"), 2);
    /// # }
    /// ```
    keyed_concurrency_limit: KeyedConcurrencyLimit, "concurrency limit by key";
    /// The rate of a `#[rate_limit(N, per = D)]`.
    ///
    /// ```
    /// use etiquette::{Stopped, rate_limit, testing};
    ///
    /// #[rate_limit(1, per = 60s, wait = none)]
    /// async fn mail() -> Result<(), Stopped> {
    ///     Ok(())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// mail().await.unwrap();
    /// assert!(mail().await.unwrap_err().is_refusal());
    /// testing::rate_limit("mail").unwrap().reset();
    /// assert!(mail().await.is_ok());
    /// # }
    /// ```
    rate_limit: RateLimit, "rate limit";
    /// The rates of a `#[rate_limit(N, per = D, key = …)]`.
    ///
    /// ```
    /// use etiquette::{Stopped, rate_limit, testing};
    ///
    /// #[rate_limit(2, per = 60s, key = customer, wait = none)]
    /// async fn mail(customer: u32) -> Result<(), Stopped> {
    ///     Ok(())
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
    /// mail(1).await.unwrap();
    /// let rates = testing::keyed_rate_limit("mail").unwrap();
    /// assert_eq!((rates.tokens(&1), rates.tokens(&2)), (1, 2));
    /// # }
    /// ```
    keyed_rate_limit: KeyedRateLimit, "rate limit by key";
}

/// From its next call on each function has the state of one that was never called. Calls that are running keep their
/// slots and permits, a retry asks the new budget, and a reference that was found before is to the old state.
///
/// Does nothing outside of an [`#[etiquette::test]`](macro@crate::test) and of [`isolate`](super::isolate).
///
/// ```
/// use etiquette::{Stopped, circuit_breaker, testing};
///
/// #[circuit_breaker]
/// async fn fetch() -> Result<u32, Stopped> {
///     Ok(7)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let _own = testing::isolate(); // as in an `#[etiquette::test]`
/// fetch().await.unwrap();
/// testing::breaker("fetch").unwrap().force_open();
/// testing::reset();
/// assert!(fetch().await.is_ok());
/// # }
/// ```
pub fn reset() {
    if let Some(world) = World::current() {
        world.forget_states();
    }
}

/// The one state of type `T` that `asked` means.
fn find<T: Any>(asked: &str, what: &'static str) -> Result<&'static T, StateNotFound> {
    let not_found = |why| StateNotFound {
        what,
        asked: asked.to_owned(),
        why,
    };
    let Some(world) = World::current() else {
        return Err(not_found(Why::Outside));
    };
    let of_type = world.all().into_iter();
    let mut of_type: Vec<(&str, &T)> = of_type
        .filter_map(|held| Some((held.operation, (held.state as &dyn Any).downcast_ref()?)))
        .collect();
    // A whole name means itself, though it may be the end of another.
    let exact = of_type.iter().any(|(operation, _)| *operation == asked);
    let is_meant = |operation: &str| match exact {
        true => operation == asked,
        false => is_called(operation, asked),
    };
    let names = |states: &[(&'static str, &T)]| {
        let mut names: Vec<&'static str> = states.iter().map(|(operation, _)| *operation).collect();
        names.sort_unstable();
        names
    };
    let used = names(&of_type);
    of_type.retain(|(operation, _)| is_meant(operation));
    match *of_type {
        [(_, state)] => Ok(state),
        [] => Err(not_found(Why::Unused { used })),
        _ => Err(not_found(Why::Several {
            found: names(&of_type),
        })),
    }
}

/// There is no such state, or more than one.
///
/// Prints like ``no circuit breaker of `fetch` has been used in this test; there are those of `app::save` ``, and says
/// the same in a panic of `unwrap`.
#[derive(Clone, PartialEq, Eq)]
pub struct StateNotFound {
    what: &'static str,
    asked: String,
    why: Why,
}

#[derive(Clone, PartialEq, Eq)]
enum Why {
    Outside,
    Unused { used: Vec<&'static str> },
    Several { found: Vec<&'static str> },
}

impl fmt::Display for StateNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, asked, why } = self;
        match why {
            Why::Outside => write!(
                f,
                "the {what} of `{asked}` is that of the whole process here\n\
                 help: make it an `#[etiquette::test]`, or begin with `let _own = etiquette::testing::isolate();`",
            ),
            Why::Unused { used } => {
                write!(f, "no {what} of `{asked}` has been used in this test; there ")?;
                match &used[..] {
                    [] => f.write_str("is none at all"),
                    [one] => write!(f, "is that of `{one}`"),
                    several => write!(f, "are those of `{}`", several.join("`, `")),
                }
            }
            Why::Several { found } => write!(
                f,
                "`{asked}` means more than one {what}: `{}`\n\
                 help: write more of the path, or give one of them a name, as in `name = \"…\"`",
                found.join("`, `")
            ),
        }
    }
}

// What `unwrap` prints.
impl fmt::Debug for StateNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for StateNotFound {}

#[cfg(test)]
mod tests;
