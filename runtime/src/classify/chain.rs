//! Errors whose type is erased: the first one known in the chain of sources decides.

use std::{error::Error, io, iter::successors};

use tokio::time::error::Elapsed;

use super::{Class, Classify};
use crate::{AtCapacity, Cancelled, CircuitOpen, RateLimited, Stopped, TimedOut};

/// The class of an error whose type is erased: `Box<dyn Error>`, `anyhow::Error`, `eyre::Report`.
///
/// Walks the chain of `source()` and takes the first error it knows: [`Stopped`] and what it
/// holds, [`std::io::Error`] by its kind, `tokio::time::error::Elapsed`, and the errors of reqwest, sqlx and
/// tonic where the feature of that name is on. A chain without one is [`Class::Permanent`].
///
/// ```
/// use etiquette::{Class, classify_chain};
/// use std::io::{Error, ErrorKind};
///
/// let error = anyhow::Error::new(Error::from(ErrorKind::ConnectionReset)).context("fetch user");
/// assert_eq!(classify_chain(error.as_ref()), Class::Transient);
/// assert_eq!(classify_chain(anyhow::anyhow!("no such user").as_ref()), Class::Permanent);
/// ```
#[must_use]
pub fn classify_chain(error: &(dyn Error + 'static)) -> Class {
    known_in_chain(error).unwrap_or(Class::Permanent)
}

/// The same, telling "unknown" from "permanent".
pub(crate) fn known_in_chain(error: &(dyn Error + 'static)) -> Option<Class> {
    successors(Some(error), |&error| error.source()).find_map(known)
}

fn known(error: &(dyn Error + 'static)) -> Option<Class> {
    fn as_a<E: Classify + Error + 'static>(error: &(dyn Error + 'static)) -> Option<Class> {
        error.downcast_ref::<E>().map(Classify::class)
    }

    as_a::<Stopped>(error)
        .or_else(|| as_a::<io::Error>(error))
        .or_else(|| as_a::<Elapsed>(error))
        .or_else(|| as_a::<TimedOut>(error))
        .or_else(|| as_a::<Cancelled>(error))
        .or_else(|| as_a::<CircuitOpen>(error))
        .or_else(|| as_a::<AtCapacity>(error))
        .or_else(|| as_a::<RateLimited>(error))
        .or_else(|| crate::edges::known(error))
}
