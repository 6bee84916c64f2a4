//! `#[blocking]`: the body runs on a thread on which it may block. These tests let real time pass, since threads do;
//! channels say who is how far.

use crate::recorder::Recorder;
use crate::support::{Counted, Error, Runs, ms, stop_of};
use etiquette::{Stopped, blocking, cancellable, fallback, instrument_task, retry, with_timeout};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread::{self, ThreadId};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// Polls `future` once, and no more.
async fn begin<F: Future>(future: &mut std::pin::Pin<&mut F>) -> bool {
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_ready())).await
}

#[tokio::test]
async fn the_body_runs_on_another_thread() {
    #[blocking]
    async fn id() -> ThreadId {
        thread::current().id()
    }
    assert_ne!(id().await, thread::current().id());
}

#[tokio::test]
async fn arguments_are_moved_and_every_return_is_one() {
    #[blocking]
    async fn call(mut text: String, (a, [b]): (u32, [u32; 1]), _: u8) -> Result<u32, Error> {
        text.push('7');
        if a == 0 {
            return Err(Error::Bad);
        }
        let n: u32 = text.parse().map_err(|_| Error::Busy)?;
        Ok(n + a + b)
    }
    assert_eq!(call("1".into(), (2, [3]), 0).await, Ok(22));
    assert_eq!(call("1".into(), (0, [3]), 0).await, Err(Error::Bad));
    assert_eq!(call("x".into(), (2, [3]), 0).await, Err(Error::Busy));
}

/// The body may make a future, and run it to its end on its own thread.
#[tokio::test]
async fn an_async_block_inside_may_wait() {
    #[blocking]
    async fn call(n: u32) -> u32 {
        let inner = async move {
            tokio::task::yield_now().await;
            n + 1
        };
        tokio::runtime::Handle::current().block_on(inner)
    }
    assert_eq!(call(6).await, 7);
}

#[tokio::test]
async fn a_panic_goes_on_with_what_it_carries() {
    #[blocking]
    async fn call(held: Counted) -> u32 {
        std::panic::panic_any(held.others())
    }
    let held = Counted::default();
    let panic = tokio::spawn(call(held.clone())).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<usize>(), Some(&1));
    assert_eq!(held.others(), 0);
}

#[tokio::test]
async fn a_body_that_has_begun_goes_on_when_its_caller_is_gone() {
    #[blocking]
    async fn call(begun: oneshot::Sender<()>, go: mpsc::Receiver<()>, done: oneshot::Sender<u32>) {
        begun.send(()).unwrap();
        go.recv().unwrap();
        done.send(7).unwrap();
    }
    let (begun, has_begun) = oneshot::channel();
    let (go, may_go) = mpsc::channel();
    let (done, is_done) = oneshot::channel();
    {
        let mut call = pin!(call(begun, may_go, done));
        assert!(!begin(&mut call).await);
        has_begun.await.unwrap();
    }
    go.send(()).unwrap();
    assert_eq!(is_done.await, Ok(7));
}

#[test]
fn a_body_that_has_not_begun_never_does() {
    #[blocking]
    async fn wait(go: mpsc::Receiver<()>) {
        go.recv().unwrap();
    }
    #[blocking]
    async fn run(runs: Arc<Runs>) -> u32 {
        runs.next()
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async {
        let (go, may_go) = mpsc::channel();
        let runs = Arc::new(Runs::new());
        // The only thread is busy.
        let busy = tokio::spawn(wait(may_go));
        tokio::task::yield_now().await;
        {
            let mut call = pin!(run(runs.clone()));
            assert!(!begin(&mut call).await);
        }
        // Nor one that was not even polled.
        drop(run(runs.clone()));
        go.send(()).unwrap();
        busy.await.unwrap();
        assert_eq!(run(runs.clone()).await, 1);
        assert_eq!(Arc::strong_count(&runs), 1);
    });
}

#[tokio::test]
async fn no_more_bodies_than_the_limit_run_at_a_time() {
    static INSIDE: AtomicUsize = AtomicUsize::new(0);
    const MOST: usize = 2;
    #[blocking(limit = MOST)]
    async fn call() -> usize {
        let inside = INSIDE.fetch_add(1, SeqCst) + 1;
        thread::sleep(ms(2));
        INSIDE.fetch_sub(1, SeqCst);
        inside
    }
    let calls: Vec<_> = (0..12).map(|_| tokio::spawn(call())).collect();
    for call in calls {
        assert!(call.await.unwrap() <= MOST);
    }
}

#[tokio::test]
async fn a_slot_is_free_when_the_body_is_done_not_when_its_caller_is() {
    #[blocking(limit = 1)]
    async fn call(begun: oneshot::Sender<()>, go: mpsc::Receiver<()>) {
        begun.send(()).unwrap();
        let _ = go.recv();
    }
    let (begun, has_begun) = oneshot::channel();
    let (go, may_go) = mpsc::channel();
    {
        let mut first = pin!(call(begun, may_go));
        assert!(!begin(&mut first).await);
        has_begun.await.unwrap();
    }
    let (begun, mut has_begun) = oneshot::channel();
    let (_, at_once) = mpsc::channel();
    let mut second = pin!(call(begun, at_once));
    // It would be done at once.
    assert!(
        tokio::time::timeout(ms(20), &mut second).await.is_err(),
        "the first has the only slot"
    );
    assert!(has_begun.try_recv().is_err());
    go.send(()).unwrap();
    second.await;
    assert_eq!(has_begun.try_recv(), Ok(()));
}

#[tokio::test]
async fn each_attempt_has_its_clone_on_a_thread_of_its_own() {
    #[retry(attempts = 3, constant(0s), budget = none, clone(text, runs))]
    #[blocking]
    async fn call(mut text: String, runs: Arc<Runs>) -> Result<String, Error> {
        text.push('!');
        match runs.next() {
            3 => Ok(text),
            _ => Err(Error::Busy),
        }
    }
    let runs = Arc::new(Runs::new());
    assert_eq!(call("a".into(), runs.clone()).await, Ok("a!".into()));
    assert_eq!(runs.count(), 3);
}

#[tokio::test]
async fn a_timeout_or_a_cancellation_ends_the_waiting() {
    #[with_timeout(20ms)]
    #[blocking]
    async fn limited(go: mpsc::Receiver<()>, done: oneshot::Sender<()>) -> Result<(), Error> {
        let _ = go.recv();
        done.send(()).unwrap();
        Ok(())
    }
    #[cancellable]
    #[blocking]
    async fn cancelled(
        token: CancellationToken,
        go: mpsc::Receiver<()>,
        done: oneshot::Sender<()>,
    ) -> Result<(), Error> {
        let _ = go.recv();
        done.send(()).unwrap();
        Ok(())
    }
    for is_limited in [true, false] {
        let (go, may_go) = mpsc::channel();
        let (done, is_done) = oneshot::channel();
        let stop = if is_limited {
            stop_of(limited(may_go, done).await)
        } else {
            let token = crate::support::cancelled_after(20);
            stop_of(cancelled(token, may_go, done).await)
        };
        assert_eq!(stop.is_timeout(), is_limited);
        go.send(()).unwrap();
        assert_eq!(is_done.await, Ok(()), "the body goes on");
    }
}

#[tokio::test]
async fn the_body_is_in_the_span_of_the_call() {
    #[instrument_task]
    #[fallback(Ok(1))]
    #[blocking]
    async fn call(begun: oneshot::Sender<()>, go: mpsc::Receiver<()>) -> Result<u32, Stopped> {
        begun.send(()).unwrap();
        go.recv().unwrap();
        Ok(7)
    }
    let recorder = Recorder::install();
    let (begun, has_begun) = oneshot::channel();
    let (go, may_go) = mpsc::channel();
    let mut call = pin!(call(begun, may_go));
    assert!(!begin(&mut call).await);
    has_begun.await.unwrap();
    // The call itself is not polled now: it is the thread that is inside.
    assert_eq!(recorder.span().entered, 1);
    go.send(()).unwrap();
    assert_eq!(call.await.unwrap(), 7);
    let span = recorder.span();
    assert_eq!((span.outcome(), span.entered), ("ok", 0));
}

struct Hasher(AtomicUsize);

impl Hasher {
    #[blocking]
    async fn shared(self: Arc<Self>, text: String) -> usize {
        self.0.fetch_add(text.len(), SeqCst) + text.len()
    }

    #[blocking]
    async fn owned(mut self) -> usize {
        *self.0.get_mut() += 1;
        self.0.into_inner()
    }
}

#[async_trait::async_trait]
trait Boxed {
    async fn hash(self: Arc<Self>, text: String) -> usize;
}

#[async_trait::async_trait]
impl Boxed for Hasher {
    #[blocking]
    async fn hash(self: Arc<Self>, mut text: String) -> usize {
        text.push('!');
        self.0.load(SeqCst) + text.len()
    }
}

#[tokio::test]
async fn on_methods_generic_functions_and_boxed_futures() {
    #[blocking(limit = 2)]
    async fn generic<T: Send + 'static, const N: usize>(values: [T; N]) -> Vec<T> {
        values.into()
    }
    #[blocking]
    async fn counts(
        of: impl Iterator<Item = u32> + Send + 'static,
    ) -> Result<impl Iterator<Item = u32>, Error> {
        Ok(of.map(|n| n + 1))
    }
    #[blocking]
    async fn coerces(n: u8) -> Box<dyn Fn() -> u8 + Send> {
        if n == 0 {
            return Box::new(|| 0);
        }
        Box::new(move || n)
    }
    let hasher = Arc::new(Hasher(AtomicUsize::new(1)));
    assert_eq!(hasher.clone().shared("abc".into()).await, 4);
    assert_eq!(hasher.hash("ab".into()).await, 7);
    assert_eq!(Hasher(AtomicUsize::new(1)).owned().await, 2);
    assert_eq!(generic([1, 2, 3]).await, [1, 2, 3]);
    assert_eq!(counts(0..3).await.map(Iterator::sum::<u32>), Ok(6));
    assert_eq!((coerces(0).await)() + (coerces(7).await)(), 7);
}
