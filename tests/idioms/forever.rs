//! Retries that cannot fail: declined as they are, with what to write in their place.

use crate::support::{Runs, cancelled_after, ms, secs, timed};
use etiquette::{CancellationToken, cancellable, retry};

#[derive(Debug, PartialEq)]
struct Connection(u32);

#[derive(Debug)]
struct Refused;

/// One attempt, which can fail.
fn dial(runs: &Runs, works_at: u32) -> Result<Connection, Refused> {
    match runs.next() {
        run if run == works_at => Ok(Connection(run)),
        _ => Err(Refused),
    }
}

/// The signature says that it can end without a connection: when it is asked to leave.
#[cancellable(or_return = None)]
#[retry(attempts = forever, exponential(500ms, max = 2s), jitter = none, when_result = |out| out.is_none())]
async fn connect(stop: &CancellationToken, runs: &Runs, works_at: u32) -> Option<Connection> {
    dial(runs, works_at).ok()
}

// RW22: no attribute changes a return type, so an endless retry does not return `T`; it returns a type that has room
// for the cancellation that an endless retry has to have.
#[tokio::test(start_paused = true)]
async fn an_endless_retry_says_how_it_ends() {
    let out = timed(connect(&CancellationToken::new(), &Runs::new(), 6)).await;
    // 0.5 + 1 + 2 + 2 + 2
    assert_eq!(out, (Some(Connection(6)), ms(7_500)));
    assert_eq!(
        timed(connect(&cancelled_after(60_000), &Runs::new(), 0)).await,
        (None, secs(60))
    );
}
