//! Stop signals that are no token: channels, and types of one's own.

use crate::support::{Runs, after, ms, pending, secs, sleep, timed};
use etiquette::cancellable;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::{broadcast, oneshot, watch};

struct Syncer {
    rounds: Runs,
}

impl Syncer {
    // The body looks at the receiver too, so the attribute listens on another one.
    #[cancellable(must_exit.clone())]
    async fn run(&self, must_exit: &mut watch::Receiver<bool>) {
        while !*must_exit.borrow() {
            self.rounds.next();
            self.partition().await;
        }
    }

    async fn partition(&self) {
        sleep(secs(10)).await;
    }
}

// RW10: `&mut watch::Receiver<bool>`.
#[tokio::test(start_paused = true)]
async fn a_watch_channel() {
    let (exit, mut must_exit) = watch::channel(false);
    let syncer = Syncer { rounds: Runs::new() };
    after(secs(25), move || exit.send(true).unwrap());
    assert_eq!(timed(syncer.run(&mut must_exit)).await, ((), secs(25)));
    assert_eq!(syncer.rounds.count(), 3);
    // The next one does not begin.
    assert_eq!(timed(syncer.run(&mut must_exit)).await, ((), secs(0)));
    assert_eq!(syncer.rounds.count(), 3);
}

/// As a server of one's own has it: a broadcast that is remembered.
struct Shutdown {
    is_shutdown: bool,
    notify: broadcast::Receiver<()>,
}

impl Shutdown {
    async fn recv(&mut self) {
        if self.is_shutdown {
            return;
        }
        // A lag cannot be: one message is all that is sent.
        let _ = self.notify.recv().await;
        self.is_shutdown = true;
    }
}

#[cancellable(future = shutdown.recv(), or_return = Ok(()))]
async fn subscribe(shutdown: &mut Shutdown, messages: &Runs) -> Result<(), std::io::Error> {
    loop {
        sleep(ms(300)).await;
        messages.next();
    }
}

// RW11: a type of one's own with a `recv()`.
#[tokio::test(start_paused = true)]
async fn a_shutdown_of_ones_own() {
    let (tell, notify) = broadcast::channel(1);
    let mut shutdown = Shutdown {
        is_shutdown: false,
        notify,
    };
    let messages = Runs::new();
    after(secs(1), move || drop(tell));
    let (out, elapsed) = timed(subscribe(&mut shutdown, &messages)).await;
    assert!(out.is_ok() && shutdown.is_shutdown);
    assert_eq!((elapsed, messages.count()), (secs(1), 3));
    // Asked again it still knows.
    assert!(subscribe(&mut shutdown, &messages).await.is_ok());
    assert_eq!(messages.count(), 3);
}

/// A future that is handed around.
struct ShutdownSignal(oneshot::Receiver<()>, bool);

impl Future for ShutdownSignal {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.1 || Pin::new(&mut self.0).poll(cx).is_ready() {
            self.1 = true;
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

#[derive(Debug, PartialEq)]
enum Session {
    Lost,
    ShutDown,
}

/// One connection: the signal is lent, and outlives it.
#[cancellable(future = &mut *shutdown, or_return = Session::ShutDown)]
async fn session(shutdown: &mut ShutdownSignal, sessions: &Runs) -> Session {
    match sessions.next() {
        1 | 2 => {
            sleep(secs(1)).await;
            Session::Lost
        }
        _ => pending().await,
    }
}

async fn source(mut shutdown: ShutdownSignal, sessions: &Runs) {
    while session(&mut shutdown, sessions).await == Session::Lost {}
}

// RW12: one signal for all rounds of a reconnect loop.
#[tokio::test(start_paused = true)]
async fn a_future_of_ones_own_across_rounds() {
    let (tell, told) = oneshot::channel();
    let sessions = Runs::new();
    after(secs(9), move || tell.send(()).unwrap());
    assert_eq!(
        timed(source(ShutdownSignal(told, false), &sessions)).await,
        ((), secs(9))
    );
    assert_eq!(sessions.count(), 3);
}
