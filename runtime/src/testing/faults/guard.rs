//! A fault that is set, as the test sees it.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use super::Fault;
use crate::testing::Override;

/// A fault that strikes as long as this is kept, from [`FaultOf`](super::FaultOf).
///
/// ```
/// use etiquette::{instrument_task, testing::faults};
///
/// #[instrument_task]
/// async fn save() -> Result<(), std::io::Error> {
///     Ok(())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let full = faults().on("save").fail(|| std::io::Error::other("disk full"));
/// assert_eq!(save().await.unwrap_err().to_string(), "disk full");
/// assert_eq!(full.strikes(), 1);
/// drop(full);
/// assert!(save().await.is_ok());
/// # }
/// ```
#[derive(Debug)]
#[must_use = "it strikes as long as this is kept"]
pub struct ActiveFault {
    fault: Arc<Fault>,
    _guard: Override,
}

impl ActiveFault {
    pub(super) fn new(fault: Arc<Fault>, guard: Override) -> Self {
        Self { fault, _guard: guard }
    }

    /// How many calls of the operation there were, struck or not. 0 may well mean that the name is not right.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.fault.calls.load(Relaxed)
    }

    /// How many calls it struck.
    #[must_use]
    pub fn strikes(&self) -> usize {
        self.fault.strikes.load(Relaxed)
    }
}
