//! Where a call meets the world: what other crates' errors mean for another try, what a stop is in their terms, and
//! how a deadline crosses the wire. One room for each crate, behind the feature of its name.

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(any(feature = "tonic", feature = "tower"))]
mod grpc;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "reqwest")]
pub mod reqwest;
#[cfg(feature = "sqlx")]
pub mod sqlx;
#[cfg(feature = "tonic")]
pub mod tonic;
#[cfg(feature = "tower")]
pub mod tower;

use std::error::Error;

use crate::Class;

/// What these crates' errors mean, where the type is erased: for [`classify_chain`](crate::classify_chain).
pub(crate) fn known(error: &(dyn Error + 'static)) -> Option<Class> {
    #[cfg(any(feature = "reqwest", feature = "sqlx", feature = "tonic"))]
    fn as_a<E: crate::Classify + Error + 'static>(error: &(dyn Error + 'static)) -> Option<Class> {
        error.downcast_ref::<E>().map(crate::Classify::class)
    }

    #[cfg(feature = "reqwest")]
    if let Some(class) = as_a::<::reqwest::Error>(error)
        .or_else(|| as_a::<reqwest::StatusError>(error))
        .or_else(|| as_a::<reqwest::Error>(error))
    {
        return Some(class);
    }
    #[cfg(feature = "sqlx")]
    if let Some(class) = as_a::<::sqlx::Error>(error) {
        return Some(class);
    }
    #[cfg(feature = "tonic")]
    if let Some(class) = as_a::<::tonic::Status>(error) {
        return Some(class);
    }
    let _ = error;
    None
}
