//! What asks a process to end.

use std::io;
#[cfg(any(unix, windows))]
use std::task::Poll;

/// A request to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// SIGINT, Ctrl-C.
    Interrupt,
    /// SIGTERM; a console that closes, a system that shuts down.
    Terminate,
}

impl Signal {
    /// What a shell expects of a process that such a signal has ended.
    pub(super) const fn exit_code(self) -> i32 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "interrupt",
            Self::Terminate => "terminate",
        }
    }
}

#[cfg(unix)]
pub(super) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(super) async fn next(&mut self) -> Signal {
        std::future::poll_fn(|cx| {
            if self.interrupt.poll_recv(cx).is_ready() {
                return Poll::Ready(Signal::Interrupt);
            }
            self.terminate.poll_recv(cx).map(|_| Signal::Terminate)
        })
        .await
    }
}

#[cfg(windows)]
pub(super) struct Signals {
    ctrl_c: tokio::signal::windows::CtrlC,
    close: tokio::signal::windows::CtrlClose,
    shutdown: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::windows;
        Ok(Self {
            ctrl_c: windows::ctrl_c()?,
            close: windows::ctrl_close()?,
            shutdown: windows::ctrl_shutdown()?,
        })
    }

    pub(super) async fn next(&mut self) -> Signal {
        std::future::poll_fn(|cx| {
            if self.ctrl_c.poll_recv(cx).is_ready() {
                return Poll::Ready(Signal::Interrupt);
            }
            let ends = self.close.poll_recv(cx).is_ready() || self.shutdown.poll_recv(cx).is_ready();
            if ends {
                Poll::Ready(Signal::Terminate)
            } else {
                Poll::Pending
            }
        })
        .await
    }
}

#[cfg(not(any(unix, windows)))]
pub(super) struct Signals(());

#[cfg(not(any(unix, windows)))]
impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self(()))
    }

    pub(super) async fn next(&mut self) -> Signal {
        std::future::pending().await
    }
}
