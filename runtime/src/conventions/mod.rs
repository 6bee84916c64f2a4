//! What `#[conventions]` asks of types. Nothing here is for people, and nothing here is promised.
//!
//! A question is a call of a method that is named after a rule. For the types that break the rule it is deprecated,
//! with the rule's text as the note; for all others it does nothing. So a broken convention is a lint, which cargo
//! silences in dependencies, and not an error, which would stop their users.
//!
//! A value is asked through `&&Asked(&value)`: method resolution tries the type with most references first, so the
//! impls for known types, which stand on `&Asked`, come before the answer for everything else, which stands on
//! `Asked`.

mod guards;
mod tasks;

pub use tasks::task_not_send;

/// A value to be asked.
#[derive(Debug)]
pub struct Asked<'a, T: ?Sized>(pub &'a T);

/// The traits that answer, without names: a glob import brings nothing else into scope.
pub mod by {
    #[cfg(feature = "dashmap")]
    pub use super::guards::DashMapGuard as _;
    #[cfg(feature = "tracing")]
    pub use super::guards::EnteredSpan as _;
    pub use super::guards::{
        NoGuard as _, ParkingLotGuard as _, RefCellGuard as _, StdGuard as _, WatchGuard as _,
    };
    pub use super::tasks::{
        IsSend as _, NoTask as _, NoTaskError as _, NotSend as _, Task as _, TaskError as _,
    };
}

#[cfg(test)]
mod tests;
