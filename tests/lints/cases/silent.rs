//! Silent without attributes, and with them.

use crate::{Error, tick};
use core::clone::Clone;
use core::fmt::Debug;
use core::option::Option::{self, Some};
use core::result::Result::{self, Err, Ok};
use core::time::Duration;

/// A limit.
pub const LIMIT: Duration = Duration::from_secs(5);

/// Returns early.
///
/// # Errors
/// When it is empty.
#[layers(not(shield))]
pub async fn early(text: &str) -> Result<usize, Error> {
    if text.is_empty() {
        return Err(Error::Busy);
    }
    tick().await;
    Ok(text.len())
}

/// Only ever returns.
///
/// # Errors
/// Never.
#[layers(not(shield))]
pub async fn only_returns(list: &[u8]) -> Result<u8, Error> {
    loop {
        tick().await;
        if let Some(first) = list.first() {
            return Ok(*first);
        }
    }
}

/// Borrows.
///
/// # Errors
/// Never.
#[layers(not(shield))]
pub async fn borrows<'a>(left: &'a str, right: &str) -> Result<&'a str, Error> {
    tick().await;
    Ok(&left[right.len()..])
}

/// Takes ownership.
///
/// # Errors
/// When there is none.
#[layers(not(shield))]
pub async fn owns<T: Clone + Debug + Sync>(value: Option<T>) -> Result<T, Error> {
    tick().await;
    value.clone().ok_or(Error::Busy)
}

/// A service.
#[derive(Debug, Default)]
pub struct Service {
    calls: u32,
}

impl Service {
    /// Borrows exclusively.
    ///
    /// # Errors
    /// Never.
    #[layers(not(hedge, shield))]
    pub async fn exclusive(&mut self) -> Result<u32, Error> {
        self.calls += 1;
        tick().await;
        Ok(self.calls)
    }

    /// Takes itself.
    ///
    /// # Errors
    /// Never.
    #[layers]
    pub async fn by_value(self, by: u32) -> Result<u32, Error> {
        tick().await;
        Ok(self.calls + by)
    }
}
