//! What every function of the corpus uses. The modules are the same files under one stack of attributes each.

#![allow(dead_code, reason = "nobody calls the corpus")]

use std::sync::Mutex;

/// An error as services have it.
#[derive(Debug, thiserror::Error, etiquette::Classify)]
pub enum Error {
    /// A layer stopped the call.
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] etiquette::Stopped),
    /// No number.
    #[error("not a number")]
    #[permanent]
    Parse(#[from] std::num::ParseIntError),
    /// Try again.
    #[error("busy")]
    #[transient]
    Busy,
    /// Try again later.
    #[error("later")]
    #[transient(after = wait)]
    Later {
        /// How much later.
        wait: std::time::Duration,
    },
}

/// One trip through the scheduler.
pub async fn tick() {
    tokio::task::yield_now().await;
}

/// A value that is not `Copy`.
#[derive(Debug, Clone, Default)]
pub struct Noisy(pub String);

impl Drop for Noisy {
    fn drop(&mut self) {
        self.0.clear();
    }
}

/// Something to lock.
pub static SHARED: Mutex<u8> = Mutex::new(0);
