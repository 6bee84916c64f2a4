//! What needs no types: found by the file's imports.

use std::{fs, thread::sleep, time::Duration};

#[etiquette::conventions]
pub async fn function() {
    sleep(Duration::from_secs(1)); //~ blocking_sleep
    let _ = fs::read("x"); //~ blocking_fs
}

/// A trait with a body.
#[etiquette::conventions]
pub trait Waits {
    /// Waits.
    #[allow(async_fn_in_trait)]
    async fn wait(&self) {
        sleep(Duration::from_secs(1)); //~ blocking_sleep
    }
}

#[etiquette::conventions]
pub mod inner {
    //! A module.
    use std::thread;

    /// Waits.
    pub async fn wait() {
        thread::sleep(std::time::Duration::from_secs(1)); //~ blocking_sleep
    }
}
