//! Chance as a test wants it: always the same, or the same each time the test runs.

use std::sync::{Arc, Mutex, PoisonError};

use fastrand::Rng;

use super::{
    Override,
    settings::{Setting, found, set},
};

/// Where chance comes from.
#[derive(Clone, Debug)]
pub(super) enum Chance {
    Fixed(f64),
    Seeded(Arc<Mutex<Rng>>),
}

/// Leaves nothing of the jitter of retries and periodic tasks to chance, as long as the guard is kept: each draw between 0
/// and 1 is `chance`. With `jitter = full` a delay of 100 ms is 0 for `0.0`, 50 ms for `0.5` and 100 ms for `1.0`. What
/// is out of range counts as the nearest end, and what is not a number as 0.
///
/// ```
/// use etiquette::{retry, testing};
/// use tokio::time::{Duration, Instant};
///
/// #[retry(attempts = 2, exponential(100ms), when = any)] // with full jitter
/// async fn fetch() -> Result<u32, std::io::Error> {
///     Err(std::io::Error::other("busy"))
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let _half = testing::jitter_fixed(0.5);
/// let start = Instant::now();
/// fetch().await.unwrap_err();
/// assert_eq!(start.elapsed(), Duration::from_millis(50));
/// # }
/// ```
pub fn jitter_fixed(chance: f64) -> Override {
    let chance = if chance.is_nan() {
        0.0
    } else {
        chance.clamp(0.0, 1.0)
    };
    set(Setting::Chance(Chance::Fixed(chance)))
}

/// The jitter of retries and periodic tasks, and [faults with a rate](super::FaultOf::rate) that are set from now on, are
/// drawn from this seed, as long as the guard is kept: what runs in the same order meets the same chances.
///
/// ```
/// use etiquette::{retry, testing};
/// use tokio::time::Instant;
///
/// #[retry(attempts = 3, exponential(100ms), when = any)]
/// async fn fetch() -> Result<u32, std::io::Error> {
///     Err(std::io::Error::other("busy"))
/// }
///
/// async fn takes(seed: u64) -> std::time::Duration {
///     let _seeded = testing::seed(seed);
///     let start = Instant::now();
///     fetch().await.unwrap_err();
///     start.elapsed()
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// assert_eq!(takes(7).await, takes(7).await);
/// assert_ne!(takes(7).await, takes(8).await);
/// # }
/// ```
pub fn seed(seed: u64) -> Override {
    let random = Arc::new(Mutex::new(Rng::with_seed(seed)));
    set(Setting::Chance(Chance::Seeded(random)))
}

/// The next draw between 0 and 1, if a test has set where it comes from.
pub(crate) fn chance() -> Option<f64> {
    Some(match latest()? {
        Chance::Fixed(chance) => chance,
        Chance::Seeded(random) => random.lock().unwrap_or_else(PoisonError::into_inner).f64(),
    })
}

/// A source of its own for a fault: from the seed that is set, or always the same.
pub(super) fn random() -> Rng {
    match latest() {
        Some(Chance::Seeded(random)) => random.lock().unwrap_or_else(PoisonError::into_inner).fork(),
        _ => Rng::with_seed(0),
    }
}

fn latest() -> Option<Chance> {
    let mut chances = found(|setting| match setting {
        Setting::Chance(chance) => Some(chance.clone()),
        _ => None,
    });
    chances.pop()
}
