//! Ctrl-C and SIGTERM: the first closes the shops, the second ends the process without waiting for them.

use std::io::{self, Write as _};

use indicatif::{MultiProgress, ProgressDrawTarget};
use tokio_util::sync::CancellationToken;

/// Cancels `stop` at the first signal and the returned token at the second. No signal kills the process any more once
/// this has returned.
pub(crate) fn watch(stop: CancellationToken, screen: MultiProgress) -> io::Result<CancellationToken> {
    let mut signals = Signals::new()?;
    let leave = CancellationToken::new();
    let second = leave.clone();
    tokio::spawn(async move {
        signals.next().await;
        stop.cancel();
        // The terminal's `^C` has moved the cursor, so the bars stay as they are and everything goes below them.
        screen.set_draw_target(ProgressDrawTarget::hidden());
        // Without a reader there is nobody to tell, and the second signal must be heard all the same.
        let _ = writeln!(
            io::stderr(),
            "\nclosing: orders under way are settled first, Ctrl-C again leaves now"
        );
        signals.next().await;
        second.cancel();
    });
    Ok(leave)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
