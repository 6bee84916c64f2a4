//! Retries as a test wants them: without their pauses, and with fewer attempts.

use std::time::Duration;

use super::{
    Override,
    settings::{Setting, found, set},
};

/// Retries do not pause, as long as the guard is kept: every `#[retry]` and `retrying!`, whatever its schedule or a
/// server's hint says. Their budgets and the rules for giving up hold as before; a pause of no length always fits.
///
/// For tests on the real clock. On a paused one pauses take no time anyway, and can be seen.
///
/// ```
/// use etiquette::{retry, testing};
///
/// #[retry(attempts = 3, constant(10s), when = any)]
/// async fn fetch() -> Result<u32, std::io::Error> {
///     Err(std::io::Error::other("busy"))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let _quick = testing::no_delays();
/// let start = std::time::Instant::now();
/// fetch().await.unwrap_err();
/// assert!(start.elapsed().as_secs() < 10);
/// # }
/// ```
///
/// Waits in line, a hedge's `after` and timeouts are not pauses.
pub fn no_delays() -> Override {
    set(Setting::NoDelays)
}

/// Retries make at most so many attempts in all, as long as the guard is kept: every `#[retry]` and `retrying!` that
/// begins in that time, endless ones too. 0 means 1, as in `attempts =`; a retry with fewer of its own keeps those.
///
/// ```
/// use etiquette::{CancellationToken, cancellable, retry, testing};
///
/// #[cancellable]
/// #[retry(attempts = forever, constant(1s), when = any)]
/// async fn connect(stop: CancellationToken) -> Result<u32, std::io::Error> {
///     Err(std::io::Error::other("refused"))
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let _twice = testing::cap_attempts(2);
/// assert_eq!(connect(CancellationToken::new()).await.unwrap_err().to_string(), "refused");
/// # }
/// ```
///
/// When the guards are nested the latest one holds. The body sees the number in `Attempt::of`.
pub fn cap_attempts(attempts: u32) -> Override {
    set(Setting::CapAttempts(attempts.max(1)))
}

/// How long to pause, where the schedule says `pause`.
pub(crate) fn delay(pause: Duration) -> Duration {
    let no_delays = found(|setting| matches!(setting, Setting::NoDelays).then_some(()));
    if no_delays.is_empty() {
        pause
    } else {
        Duration::ZERO
    }
}

/// How many attempts a retry that begins now may make.
pub(crate) fn cap() -> Option<u32> {
    let caps = found(|setting| match setting {
        Setting::CapAttempts(attempts) => Some(*attempts),
        _ => None,
    });
    caps.last().copied()
}
