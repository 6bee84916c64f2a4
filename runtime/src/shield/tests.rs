//! Work that outlives its caller, and who waits for it.

use std::{
    pin::pin,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::Waker,
    time::Duration,
};

use tokio::time::{Instant, sleep, timeout};

use super::*;
use crate::{Limits, Scope};

const MS: Duration = Duration::from_millis(1);

/// They count for the whole process.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn goes_on_when_its_caller_is_dropped() {
    static DONE: AtomicBool = AtomicBool::new(false);
    let _alone = ALONE.lock().await;
    let start = Instant::now();
    let work = async {
        sleep(100 * MS).await;
        DONE.store(true, Relaxed);
    };
    assert!(timeout(10 * MS, shield(work)).await.is_err());
    assert_eq!((start.elapsed(), shielded()), (10 * MS, 1));
    shielded_idle().await;
    assert_eq!((start.elapsed(), shielded()), (100 * MS, 0));
    assert!(DONE.load(Relaxed));
}

#[tokio::test(start_paused = true)]
async fn gives_the_value_when_nothing_is_running_any_more() {
    let _alone = ALONE.lock().await;
    assert_eq!(shield(async { 7 }).await, 7);
    assert_eq!(shielded(), 0);
    let start = Instant::now();
    let work = async {
        sleep(20 * MS).await;
        8
    };
    assert_eq!(shield(work).await, 8);
    assert_eq!((start.elapsed(), shielded()), (20 * MS, 0));
}

#[tokio::test(start_paused = true)]
async fn never_polled_never_run() {
    static RAN: AtomicBool = AtomicBool::new(false);
    let _alone = ALONE.lock().await;
    drop(shield(async { RAN.store(true, Relaxed) }));
    assert_eq!(shielded(), 0);
    sleep(MS).await;
    assert!(!RAN.load(Relaxed));
}

#[tokio::test(start_paused = true)]
async fn a_panic_goes_on_in_the_caller_and_is_counted_out() {
    let _alone = ALONE.lock().await;
    let call = tokio::spawn(shield(async {
        sleep(MS).await;
        panic!("inside");
    }));
    let panic = call.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"inside"));
    assert_eq!(shielded(), 0);
}

#[tokio::test(start_paused = true)]
async fn idle_waits_for_those_that_begin_meanwhile() {
    let _alone = ALONE.lock().await;
    static ORDER: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    let mut outer = Box::pin(shield(async {
        sleep(10 * MS).await;
        // Begins before the first ends.
        let inner = shield(async {
            sleep(10 * MS).await;
            ORDER.lock().unwrap().push(2);
        });
        let mut inner = Box::pin(inner);
        assert!(poll_once(inner.as_mut()).is_pending());
        ORDER.lock().unwrap().push(1);
    }));
    assert!(poll_once(outer.as_mut()).is_pending());
    drop(outer);
    shielded_idle().await;
    assert_eq!(*ORDER.lock().unwrap(), [1, 2]);
    // With nothing to wait for it does not.
    assert!(poll_once(pin!(shielded_idle())).is_ready());
}

#[tokio::test(start_paused = true)]
async fn hides_the_scopes_around_it() {
    static DONE: AtomicBool = AtomicBool::new(false);
    let _alone = ALONE.lock().await;
    let scope = Scope::new().with_timeout(50 * MS);
    let stop = scope.clone();
    tokio::spawn(async move {
        sleep(10 * MS).await;
        stop.cancel("the caller went away");
    });
    let work = shield(async {
        assert_eq!(Scope::current().remaining(), None);
        assert_eq!(sleep(100 * MS).or_cancelled(&Scope::current()).await, Ok(()));
        DONE.store(true, Relaxed);
    });
    assert!(scope.run(work).await.unwrap_err().is_cancelled());
    shielded_idle().await;
    assert!(DONE.load(Relaxed));
}

#[test]
fn a_runtime_that_goes_takes_its_calls_along() {
    let _alone = ALONE.blocking_lock();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut call = Box::pin(shield(std::future::pending::<()>()));
    runtime.block_on(async { assert!(poll_once(call.as_mut()).is_pending()) });
    assert_eq!(shielded(), 1);
    drop(runtime);
    assert_eq!(shielded(), 0);
    let poll = std::panic::AssertUnwindSafe(|| poll_once(call.as_mut()));
    let panic = std::panic::catch_unwind(poll).unwrap_err();
    let text = "the runtime was shut down before the call was done";
    assert_eq!(panic.downcast_ref::<&str>(), Some(&text));
}
