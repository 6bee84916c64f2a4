//! In real time and with threads, since they are what is tested; channels say who is how far.

use std::{
    pin::pin,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    task::Waker,
    thread,
    time::Duration,
};

use super::*;

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn runs_on_another_thread() {
    let here = thread::current().id();
    let there = blocking(None, || thread::current().id()).await;
    assert_ne!(here, there);
}

#[tokio::test]
async fn a_panic_goes_on_in_the_caller() {
    let call = tokio::spawn(blocking(None, || -> u8 { panic!("inside") }));
    let panic = call.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"inside"));
}

#[tokio::test]
async fn a_body_that_has_begun_is_not_interrupted_and_keeps_its_slot() {
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(1);
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let (done, is_done) = tokio::sync::oneshot::channel();
    let mut call = Box::pin(blocking(Some(&LIMIT), move || {
        begun.send(()).unwrap();
        may_go.recv().unwrap();
        done.send(()).unwrap();
    }));
    assert!(poll_once(call.as_mut()).is_pending());
    has_begun.await.unwrap();
    drop(call);
    assert_eq!(LIMIT.available(), 0);
    go.send(()).unwrap();
    is_done.await.unwrap();
    // It comes back when the body is done.
    drop(LIMIT.acquire().await);
    assert_eq!(LIMIT.available(), 1);
}

#[test]
fn a_body_that_has_not_begun_never_will() {
    static RAN: AtomicBool = AtomicBool::new(false);
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let (go, may_go) = mpsc::channel::<()>();
        // The only thread is busy.
        let busy = tokio::spawn(blocking(None, move || may_go.recv().unwrap()));
        tokio::task::yield_now().await;
        let mut call = Box::pin(blocking(None, || RAN.store(true, SeqCst)));
        assert!(poll_once(call.as_mut()).is_pending());
        drop(call);
        go.send(()).unwrap();
        busy.await.unwrap();
        blocking(None, || ()).await;
    });
    assert!(!RAN.load(SeqCst));
}

#[tokio::test]
async fn no_more_run_than_the_limit_allows() {
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(2);
    static INSIDE: AtomicUsize = AtomicUsize::new(0);
    let calls: Vec<_> = (0..12)
        .map(|_| {
            tokio::spawn(blocking(Some(&LIMIT), || {
                let inside = INSIDE.fetch_add(1, SeqCst) + 1;
                thread::sleep(Duration::from_millis(2));
                INSIDE.fetch_sub(1, SeqCst);
                inside
            }))
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap() <= 2);
    }
    assert_eq!((LIMIT.available(), LIMIT.waiting()), (2, 0));
}

#[tokio::test]
async fn who_waits_for_a_slot_and_leaves_runs_nothing() {
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(1);
    let slot = LIMIT.acquire().await;
    let mut call = Box::pin(blocking(Some(&LIMIT), || -> () { unreachable!("it left") }));
    assert!(poll_once(call.as_mut()).is_pending());
    drop(call);
    drop(slot);
    assert!(poll_once(pin!(LIMIT.acquire())).is_ready());
}
