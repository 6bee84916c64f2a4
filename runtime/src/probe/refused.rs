//! Was the call refused by a layer of another function? Its refusal may come inside of an error of the caller's.
//!
//! Asked as `class` is: the first impl whose bounds hold answers.

use std::{error::Error, io, iter::successors};

use super::Probe;
use crate::{AtCapacity, CircuitOpen, RateLimited, Stopped};

/// The error itself may be one.
#[doc(hidden)]
pub trait RefusedItself {
    fn __etq_refused(&self) -> bool;
}

macro_rules! known {
    ($($error:ty)*) => {$(
        impl<T> RefusedItself for &&&&Probe<'_, Result<T, $error>> {
            fn __etq_refused(&self) -> bool {
                self.0.as_ref().err().is_some_and(|error| refusal_in_chain(error))
            }
        }
    )*};
}

// An `io::Error` does not name what it wraps as its source.
known!(Stopped CircuitOpen AtCapacity RateLimited io::Error);

/// For `anyhow::Error`, `eyre::Report` and the like.
#[doc(hidden)]
pub trait RefusedByChain {
    fn __etq_refused(&self) -> bool;
}

impl<T, E: AsRef<dyn Error>> RefusedByChain for &&&Probe<'_, Result<T, E>> {
    fn __etq_refused(&self) -> bool {
        self.0
            .as_ref()
            .err()
            .is_some_and(|error| refusal_in_chain(error.as_ref()))
    }
}

#[doc(hidden)]
pub trait RefusedBySendChain {
    fn __etq_refused(&self) -> bool;
}

impl<T, E: AsRef<dyn Error + Send + Sync>> RefusedBySendChain for &&Probe<'_, Result<T, E>> {
    fn __etq_refused(&self) -> bool {
        self.0
            .as_ref()
            .err()
            .is_some_and(|error| refusal_in_chain(error.as_ref()))
    }
}

/// An error may have been caused by one.
#[doc(hidden)]
pub trait RefusedBySource {
    fn __etq_refused(&self) -> bool;
}

impl<T, E: Error> RefusedBySource for &Probe<'_, Result<T, E>> {
    fn __etq_refused(&self) -> bool {
        let source = self.0.as_ref().err().and_then(|error| error.source());
        source.is_some_and(refusal_in_chain)
    }
}

#[doc(hidden)]
pub trait NotRefused {
    fn __etq_refused(&self) -> bool;
}

impl<R> NotRefused for Probe<'_, R> {
    #[inline]
    fn __etq_refused(&self) -> bool {
        false
    }
}

/// What the first of our errors in the chain says.
fn refusal_in_chain(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |&error| error.source())
        .find_map(refusal)
        .unwrap_or(false)
}

fn refusal(error: &(dyn Error + 'static)) -> Option<bool> {
    if let Some(stop) = error.downcast_ref::<Stopped>() {
        return Some(stop.is_refusal());
    }
    if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(refusal_in_chain(inner));
    }
    let is_one = error.is::<CircuitOpen>() || error.is::<AtCapacity>() || error.is::<RateLimited>();
    is_one.then_some(true)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::TimedOut;

    #[derive(Debug, thiserror::Error)]
    enum Wrapped {
        #[error("stopped")]
        Stopped(#[from] Stopped),
        #[error("far away")]
        Deep(#[source] Box<Wrapped>),
    }

    struct Opaque;

    macro_rules! asked {
        ($out:expr) => {
            (&&&&&Probe($out)).__etq_refused()
        };
    }

    macro_rules! refused {
        ($error:expr) => {
            asked!(&Err::<u8, _>($error))
        };
    }

    fn open() -> Stopped {
        CircuitOpen::new("inner", None).into()
    }

    #[test]
    fn a_refusal_is_found_wherever_the_chain_has_it() {
        assert!(refused!(open()));
        assert!(refused!(AtCapacity::new("inner", None)));
        assert!(refused!(Wrapped::from(open())));
        assert!(refused!(Wrapped::Deep(Box::new(open().into()))));
        assert!(refused!(io::Error::from(open())));
        assert!(refused!(
            anyhow::Error::from(Wrapped::from(open())).context("fetch")
        ));
        assert!(refused!(Box::<dyn Error + Send + Sync>::from(open())));
        assert!(refused!(Box::<dyn Error>::from(open())));
    }

    #[test]
    fn nothing_else_is_one() {
        let timed_out = || Stopped::from(TimedOut::new("inner", Duration::ZERO));
        assert!(!refused!(timed_out()));
        assert!(!refused!(io::Error::from(timed_out())));
        assert!(!refused!(anyhow::Error::from(Wrapped::from(timed_out()))));
        assert!(!refused!(anyhow::anyhow!("refused")));
        assert!(!refused!(Opaque));
        assert!(!asked!(&Ok::<u8, Stopped>(7)));
        assert!(!asked!(&7));
    }
}
