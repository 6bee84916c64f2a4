//! What the tests share: an error as services write it, a count of runs, a stopwatch on Tokio's clock, and a guard for
//! what would hang if it were wrong.

use etiquette::{Classify, Stopped};
use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The error of a service.
#[derive(Debug, PartialEq, thiserror::Error, Classify)]
pub(crate) enum Error {
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
    #[error("busy")]
    #[transient]
    Busy,
    #[error("come back after {0:?}")]
    #[transient(after = 0)]
    Later(Duration),
    #[error("not sent")]
    #[not_sent]
    NotSent,
    #[error("bad request")]
    #[permanent]
    Bad,
}

/// The stop in a result that must be one.
#[track_caller]
pub(crate) fn stop_of<T: std::fmt::Debug>(result: Result<T, Error>) -> Stopped {
    match result {
        Err(Error::Stopped(stop)) => stop,
        other => panic!("expected a stop, found {other:?}"),
    }
}

pub(crate) const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub(crate) use tokio::time::sleep;

/// How often a body ran.
#[derive(Debug, Default)]
pub(crate) struct Runs(AtomicU32);

impl Runs {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    /// Another run: its number, from 1.
    ///
    /// Two hundred thousand are taken for a loop that nothing ends: on a paused clock it would not even take time.
    pub(crate) fn next(&self) -> u32 {
        let run = self.0.fetch_add(1, Relaxed) + 1;
        assert!(run < 200_000, "it runs away");
        run
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.load(Relaxed)
    }
}

/// The output of `future`, and how long it took on Tokio's clock.
pub(crate) async fn timed<F: Future>(future: F) -> (F::Output, Duration) {
    let start = Instant::now();
    let out = future.await;
    (out, start.elapsed())
}

/// Polls once, outside of any runtime: a future that touches a timer panics here.
pub(crate) fn poll_without_runtime<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// What a body does that only something around it can end. If nothing does, the test fails rather than hangs: a paused
/// clock with nothing else to wait for goes straight to the end of the year.
pub(crate) async fn pending<T>() -> T {
    sleep(secs(365 * 86_400)).await;
    panic!("nothing ended it")
}

/// Does something at a time, in a task of its own.
pub(crate) fn after(delay: Duration, action: impl FnOnce() + Send + 'static) {
    tokio::spawn(async move {
        sleep(delay).await;
        action();
    });
}

/// A token that is cancelled after so many milliseconds.
pub(crate) fn cancelled_after(delay: u64) -> CancellationToken {
    let token = CancellationToken::new();
    let theirs = token.clone();
    after(ms(delay), move || theirs.cancel());
    token
}

/// Runs what would never end if it were wrong, on a thread of its own: the test then fails, and the suite goes on.
///
/// The clock of `future` starts paused. The ten seconds are real ones, and only waited for in full by a failure.
pub(crate) fn ends<T, F>(future: impl FnOnce() -> F + Send + 'static) -> T
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let (done, result) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let out = runtime.block_on(future());
        let _ = done.send(out);
    });
    result
        .recv_timeout(secs(10))
        .expect("it neither hangs nor panics")
}

thread_local! {
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Writes down that something happened, and passes `value` on. Tests on one thread read it back with [`notes`].
pub(crate) fn note<T>(what: &str, value: T) -> T {
    NOTES.with_borrow_mut(|notes| notes.push(what.to_owned()));
    value
}

/// What happened since the last call, in order.
pub(crate) fn notes() -> String {
    NOTES.take().join(" ")
}

/// Notes when it is dropped.
#[derive(Debug)]
pub(crate) struct Noted(pub(crate) &'static str);

impl Drop for Noted {
    fn drop(&mut self) {
        note(self.0, ());
    }
}

/// A value that counts how many of it there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted(Arc<()>);

impl Counted {
    /// How many others there are.
    pub(crate) fn others(&self) -> usize {
        Arc::strong_count(&self.0) - 1
    }
}

/// How many attempts a call makes before it gives up, as its retry tells a recorder.
macro_rules! runs {
    ($call:ident, $error:expr) => {{
        let recorder = etiquette::testing::Recorder::install();
        let error = || $error;
        assert!($call(&error).await.is_err());
        let call = recorder.of(stringify!($call));
        assert_eq!(call.count("gave up"), 1, "{:?}", call.lines());
        call.count("attempt")
    }};
}
pub(crate) use runs;
