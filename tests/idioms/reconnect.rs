//! Connections that are made again and again.

use crate::support::{Runs, cancelled_after, ms, secs, sleep, timed};
use etiquette::{CancellationToken, Stopped, cancellable, retry};
use std::sync::Mutex;
use tokio::time::Duration;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("connection refused")]
    Refused,
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

struct Listener {
    connects: Runs,
    sessions: Runs,
}

impl Listener {
    /// Each call begins at the first pause again: that is the reset, and nobody has to call it.
    #[cancellable]
    #[retry(attempts = forever, exponential(1s, factor = 2, max = 8s), jitter = none, when = |error| matches!(error, Error::Refused))]
    async fn connect(&self, stop: &CancellationToken) -> Result<(), Error> {
        // Every sixth works.
        match self.connects.next() % 6 {
            0 => Ok(()),
            _ => Err(Error::Refused),
        }
    }

    #[cancellable(or_return = Ok(()))]
    async fn listen(&self, stop: CancellationToken) -> Result<(), Error> {
        loop {
            self.connect(&stop).await?;
            self.sessions.next();
            sleep(secs(100)).await; // until the connection is lost
        }
    }
}

// RW21: endless, doubled up to a cap, and from the start again after a success.
#[tokio::test(start_paused = true)]
async fn it_reconnects_for_ever() {
    for (stop_at, connects, sessions) in [
        // 1 + 2 + 4 + 8 + 8 s until the first session, and as long again after its 100.
        (ms(22_999), 5, 0),
        (ms(23_001), 6, 1),
        (ms(145_999), 11, 1),
        (ms(146_001), 12, 2),
    ] {
        let listener = Listener {
            connects: Runs::new(),
            sessions: Runs::new(),
        };
        let stop = cancelled_after(u64::try_from(stop_at.as_millis()).unwrap());
        let (out, elapsed) = timed(listener.listen(stop)).await;
        assert!(out.is_ok());
        assert_eq!(elapsed, stop_at);
        assert_eq!(
            (listener.connects.count(), listener.sessions.count()),
            (connects, sessions)
        );
    }
}

/// What is kept of an instance between two starts of the program.
#[derive(Default)]
struct Instance {
    fail_count: u32,
    report: Vec<u32>,
}

async fn save(instance: &Mutex<Instance>, fail_count: u32) {
    sleep(ms(5)).await; // the database
    let mut instance = instance.lock().unwrap();
    instance.fail_count = fail_count;
    instance.report.push(fail_count);
}

fn delay(fail_count: u32) -> Duration {
    secs(1 << fail_count.min(10))
}

#[cancellable(or_return = Ok(()))]
#[retry(
    attempts = forever,
    when = any,
    // It goes on where the last start of the program had stopped. The body names `before` as well.
    backoff = |retry| delay(before + retry - 1),
    on_retry = |retry| save(instance, before + retry.attempt).await
)]
async fn send(
    stop: CancellationToken,
    instance: &Mutex<Instance>,
    before: u32,
    works_at: u32,
    runs: &Runs,
) -> Result<(), Error> {
    match before + runs.next() {
        run if run == works_at => Ok(()),
        _ => Err(Error::Refused),
    }
}

// RW23: each failure is reported and stored, a later start goes on from there, and the pause hears the stop.
#[tokio::test(start_paused = true)]
async fn the_count_outlives_the_program() {
    let instance = Mutex::<Instance>::default();
    // 1 and 2 s; cut in the third pause, of 4.
    let out = timed(send(cancelled_after(5_000), &instance, 0, 6, &Runs::new())).await;
    assert!(out.0.is_ok());
    assert_eq!(out.1, secs(5));
    assert_eq!(instance.lock().unwrap().fail_count, 3);

    let before = instance.lock().unwrap().fail_count;
    let (out, elapsed) = timed(send(CancellationToken::new(), &instance, before, 6, &Runs::new())).await;
    assert!(out.is_ok());
    // Two more failures: 8 and 16 s, and what it takes to store them.
    assert_eq!(elapsed, secs(8 + 16) + ms(10));
    assert_eq!(instance.lock().unwrap().report, [1, 2, 3, 4, 5]);
}
