mod drain;
mod essential;
mod every;
mod limited;
mod logs;
mod spawn;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::time::{Instant, sleep};

use super::*;

const S: Duration = Duration::from_secs(1);
const MS: Duration = Duration::from_millis(1);

fn names(drained: &Drained) -> Vec<&str> {
    drained.laggards().iter().map(Laggard::name).collect()
}

/// Lets every task that can go on do so.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}
