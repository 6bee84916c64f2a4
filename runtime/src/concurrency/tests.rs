//! Slots: who gets one, who waits, and what becomes of a limit that is changed.

mod model;
mod run;

use std::{
    future::Future,
    panic::AssertUnwindSafe,
    pin::{Pin, pin},
    sync::{Arc, atomic::AtomicBool},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use tokio::{
    sync::mpsc,
    time::{Instant, sleep, timeout},
};

use super::*;
use crate::Stopped;

const MS: Duration = Duration::from_millis(1);

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn admits_so_many_and_the_rest_in_order() {
    let limit = Arc::new(ConcurrencyLimit::new(3));
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let start = Instant::now();
    for number in 0..10 {
        let (limit, sender) = (Arc::clone(&limit), sender.clone());
        tokio::spawn(async move {
            let slot = acquire(&limit, Wait::forever()).await.unwrap();
            sender.send((number, start.elapsed())).unwrap();
            sleep(10 * MS).await;
            drop(slot);
        });
        tokio::task::yield_now().await;
    }
    assert_eq!((limit.in_use(), limit.available(), limit.waiting()), (3, 0, 7));
    drop(sender);
    let mut began = Vec::new();
    while let Some(next) = receiver.recv().await {
        began.push(next);
    }
    let expected: Vec<_> = (0..10).map(|number| (number, 10 * MS * (number / 3))).collect();
    assert_eq!(began, expected);
    sleep(10 * MS).await;
    assert_eq!((limit.in_use(), limit.available(), limit.waiting()), (0, 3, 0));
}

#[test]
fn no_wait_is_refused_at_once_without_a_timer() {
    // No runtime: a timer would panic.
    let limit = ConcurrencyLimit::new(1);
    let slot = limit.try_acquire().unwrap();
    for wait in [Wait::none(), Wait::at_most(Duration::ZERO)] {
        let Poll::Ready(Err(stop)) = poll_once(pin!(acquire(&limit, wait))) else {
            panic!("not refused")
        };
        let stop = Stopped::from(stop.of("app::fetch"));
        assert_eq!(stop.to_string(), "fetch was refused: at capacity");
        assert_eq!(stop.retry_after(), None);
    }
    assert!(limit.try_acquire().is_none());
    drop(slot);
    assert!(poll_once(pin!(acquire(&limit, Wait::none()))).is_ready());
    // A free slot is had without one, too; and a wait without a limit has none.
    let slot = limit.try_acquire().unwrap();
    let mut waiting = pin!(acquire(&limit, Wait::at_most(Duration::MAX)));
    assert!(poll_once(waiting.as_mut()).is_pending());
    drop(slot);
    assert!(poll_once(waiting).is_ready());
}

#[tokio::test(start_paused = true)]
async fn who_waits_too_long_leaves_and_is_not_in_the_way() {
    let limit = ConcurrencyLimit::new(1);
    let slot = limit.try_acquire().unwrap();
    let start = Instant::now();
    let (gave_up, served, ()) = tokio::join!(
        async {
            let out = acquire(&limit, Wait::at_most(20 * MS)).await;
            (out.is_err(), start.elapsed(), limit.waiting())
        },
        async {
            let slot = acquire(&limit, Wait::at_most(40 * MS)).await;
            (slot.is_ok(), start.elapsed())
        },
        async {
            sleep(30 * MS).await;
            drop(slot);
        }
    );
    assert_eq!(gave_up, (true, 20 * MS, 1));
    assert_eq!(served, (true, 30 * MS));
    assert_eq!((limit.available(), limit.waiting()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_slot_that_comes_free_as_the_wait_ends_is_taken() {
    let limit = ConcurrencyLimit::new(1);
    let slot = limit.try_acquire().unwrap();
    let mut waiting = pin!(acquire(&limit, Wait::at_most(20 * MS)));
    assert!(poll_once(waiting.as_mut()).is_pending());
    tokio::time::advance(20 * MS).await;
    drop(slot);
    assert!(matches!(poll_once(waiting), Poll::Ready(Ok(_))));
}

#[test]
fn a_full_queue_takes_nobody() {
    let limit = ConcurrencyLimit::new(1);
    let slot = limit.try_acquire().unwrap();
    let mut first = Box::pin(acquire_queued(&limit, Wait::forever(), 2));
    let mut second = Box::pin(acquire_queued(&limit, Wait::forever(), 2));
    assert!(poll_once(first.as_mut()).is_pending());
    assert!(poll_once(second.as_mut()).is_pending());
    assert!(matches!(
        poll_once(pin!(acquire_queued(&limit, Wait::forever(), 2))),
        Poll::Ready(Err(_))
    ));
    assert_eq!(limit.waiting(), 2);
    // One that leaves makes room in the queue.
    drop(first);
    let mut third = pin!(acquire_queued(&limit, Wait::forever(), 2));
    assert!(poll_once(third.as_mut()).is_pending());
    drop(slot);
    assert!(poll_once(third.as_mut()).is_pending(), "the second is first");
    let Poll::Ready(Ok(slot)) = poll_once(second.as_mut()) else {
        panic!("it is the second's turn")
    };
    drop(slot);
    assert!(poll_once(third).is_ready());
    assert_eq!((limit.waiting(), limit.available()), (0, 1));
}

#[test]
fn a_waiter_dropped_after_it_was_served_passes_the_slot_on() {
    let limit = ConcurrencyLimit::new(1);
    let slot = limit.try_acquire().unwrap();
    let mut first = Box::pin(acquire(&limit, Wait::forever()));
    let mut second = Box::pin(acquire(&limit, Wait::forever()));
    assert!(poll_once(first.as_mut()).is_pending());
    assert!(poll_once(second.as_mut()).is_pending());
    drop(slot);
    assert_eq!(limit.available(), 0, "it is the first's");
    drop(first);
    assert!(poll_once(second.as_mut()).is_ready());
    assert_eq!((limit.in_use(), limit.waiting()), (0, 0));
}

#[test]
fn a_lower_limit_stops_nobody_and_lets_nobody_in() {
    let limit = ConcurrencyLimit::new(4);
    let mut slots: Vec<_> = (0..4).filter_map(|_| limit.try_acquire()).collect();
    let mut waiting = pin!(acquire(&limit, Wait::forever()));
    assert!(poll_once(waiting.as_mut()).is_pending());
    limit.set(2);
    assert_eq!((limit.limit(), limit.in_use(), limit.available()), (2, 4, 0));
    for left in [3, 2] {
        slots.pop();
        assert_eq!((limit.in_use(), limit.available()), (left, 0));
        assert!(poll_once(waiting.as_mut()).is_pending());
    }
    slots.pop();
    let Poll::Ready(Ok(slot)) = poll_once(waiting) else {
        panic!("there are few enough")
    };
    drop((slots, slot));
    assert_eq!((limit.in_use(), limit.available()), (0, 2));
    // Free ones go at once.
    limit.set(1);
    assert_eq!(limit.available(), 1);
}

/// Found by the model: what a waiter leaves is for the debt, not for the next in line.
#[test]
fn a_waiter_dropped_after_it_was_served_pays_what_is_owed() {
    let limit = ConcurrencyLimit::new(2);
    let mut slots: Vec<_> = (0..2).filter_map(|_| limit.try_acquire()).collect();
    let mut first = Box::pin(acquire(&limit, Wait::forever()));
    let mut second = pin!(acquire(&limit, Wait::forever()));
    assert!(poll_once(first.as_mut()).is_pending());
    assert!(poll_once(second.as_mut()).is_pending());
    slots.pop();
    limit.set(1);
    assert_eq!(limit.in_use(), 2, "one of them is the first's");
    drop(first);
    assert_eq!(limit.in_use(), 1);
    assert!(poll_once(second.as_mut()).is_pending());
    slots.pop();
    assert!(poll_once(second).is_ready());
}

#[test]
fn a_higher_limit_lets_in_those_who_wait() {
    let limit = ConcurrencyLimit::new(3);
    let slots: Vec<_> = (0..3).filter_map(|_| limit.try_acquire()).collect();
    limit.set(1);
    let mut first = Box::pin(acquire(&limit, Wait::forever()));
    assert!(poll_once(first.as_mut()).is_pending());
    // Three are in use, two of them too many: one more than allowed is left, then none.
    limit.set(2);
    assert!(poll_once(first.as_mut()).is_pending());
    limit.set(4);
    let Poll::Ready(Ok(slot)) = poll_once(first.as_mut()) else {
        panic!("a fourth may run")
    };
    assert_eq!((limit.in_use(), limit.available()), (4, 0));
    drop((slots, slot));
    assert_eq!((limit.in_use(), limit.available()), (0, 4));
}

#[test]
fn is_const_and_clamped() {
    static NONE: ConcurrencyLimit = ConcurrencyLimit::new(0);
    static ALL: ConcurrencyLimit = ConcurrencyLimit::new(usize::MAX);
    assert_eq!((NONE.limit(), NONE.available()), (1, 1));
    assert_eq!(ALL.available(), ConcurrencyLimit::MAX);
    NONE.set(0);
    ALL.set(0);
    assert_eq!((NONE.limit(), ALL.available()), (1, 1));
    ALL.set(usize::MAX);
    assert_eq!(ALL.available(), ConcurrencyLimit::MAX);
}

#[tokio::test]
async fn tokios_semaphore_will_do() {
    let semaphore = Arc::new(Semaphore::new(1));
    let slot = acquire(&semaphore, Wait::none()).await.unwrap();
    assert!(acquire(&*semaphore, Wait::none()).await.is_err());
    assert!(acquire(&&*semaphore, Wait::at_most(MS)).await.is_err());
    drop(slot);
    assert_eq!(semaphore.available_permits(), 1);
    semaphore.close();
    assert!(acquire(&semaphore, Wait::forever()).await.is_err());
    let lazy = std::sync::LazyLock::new(|| ConcurrencyLimit::new(1));
    assert!(acquire_queued(&lazy, Wait::none(), 1).await.is_ok());
}

#[tokio::test]
async fn a_panic_frees_the_slot() {
    let limit = ConcurrencyLimit::new(1);
    let call = AssertUnwindSafe(async {
        let _slot = acquire(&limit, Wait::forever()).await.unwrap();
        tokio::task::yield_now().await;
        panic!("body");
    });
    let mut call = pin!(call.0);
    assert!(poll_once(call.as_mut()).is_pending());
    assert_eq!(limit.available(), 0);
    let out = std::panic::catch_unwind(AssertUnwindSafe(|| poll_once(call)));
    assert!(out.is_err());
    assert_eq!((limit.available(), limit.waiting()), (1, 0));
}

/// In threads and in real time, since it is the threads that are tested.
#[test]
fn threads_neither_lose_nor_invent_slots() {
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(4);
    static INSIDE: AtomicUsize = AtomicUsize::new(0);
    static DONE: AtomicBool = AtomicBool::new(false);
    let call = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut random = fastrand::Rng::new();
            for _ in 0..3_000 {
                let wait = Duration::from_micros(random.u64(0..200));
                // Some give up, at whatever moment.
                let Ok(_slot) = timeout(wait, LIMIT.acquire()).await else {
                    continue;
                };
                assert!(INSIDE.fetch_add(1, Relaxed) < 8, "more than the highest limit");
                if random.bool() {
                    tokio::task::yield_now().await;
                }
                INSIDE.fetch_sub(1, Relaxed);
            }
        });
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            while !DONE.load(Relaxed) {
                LIMIT.set(fastrand::usize(1..=8));
            }
        });
        let calls = [(); 3].map(|()| scope.spawn(call));
        let ended = calls.map(|thread| thread.join().is_ok());
        DONE.store(true, Relaxed);
        assert_eq!(ended, [true; 3]);
    });
    LIMIT.set(4);
    assert_eq!((LIMIT.in_use(), LIMIT.available(), LIMIT.waiting()), (0, 4, 0));
    assert_eq!(LIMIT.debt.get(), 0);
}
