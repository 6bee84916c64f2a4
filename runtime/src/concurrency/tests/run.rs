//! What runs in a slot, and a call that waits for itself.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

#[test]
fn the_slot_is_free_when_what_runs_in_it_is_gone() {
    struct Last<'a>(&'a ConcurrencyLimit);
    impl Drop for Last<'_> {
        fn drop(&mut self) {
            assert_eq!(self.0.available(), 0, "too early");
        }
    }
    let limit = ConcurrencyLimit::new(1);
    let last = Last(&limit);
    let run = limit.try_acquire().unwrap().run(async move {
        let _last = last;
        7
    });
    assert!(matches!(poll_once(pin!(run)), Poll::Ready(7)));
    assert_eq!(limit.available(), 1);
    let last = Last(&limit);
    let mut run = Box::pin(limit.try_acquire().unwrap().run(async move {
        let _last = last;
        std::future::pending::<()>().await;
    }));
    assert!(poll_once(run.as_mut()).is_pending());
    drop(run);
    assert_eq!(limit.available(), 1);
}

/// Polls a call that asks for a slot inside of one, and says whether it was taken for one that never starts.
fn never_starts(outer: &ConcurrencyLimit, inner: &ConcurrencyLimit, wait: Wait) -> bool {
    let mut call = Box::pin(outer.try_acquire().unwrap().run(async {
        let _slot = acquire(inner, wait).await;
    }));
    let polled = catch_unwind(AssertUnwindSafe(|| poll_once(call.as_mut())));
    drop(call);
    polled.is_err()
}

// Debug builds alone look.
#[cfg(debug_assertions)]
#[test]
fn a_call_that_waits_for_itself_panics() {
    let (one, two) = (ConcurrencyLimit::new(1), ConcurrencyLimit::new(2));
    assert!(never_starts(&one, &one, Wait::forever()));
    assert_eq!((one.available(), one.waiting()), (1, 0));
    // Another holds one of the two, and may leave.
    let other = two.try_acquire();
    assert!(!never_starts(&two, &two, Wait::forever()));
    drop(other);
    // Its wait ends, or is none; or there is a slot; or it is that of another limit.
    assert!(!never_starts(&one, &one, Wait::none()));
    assert!(!never_starts(&two, &two, Wait::forever()));
    let other = two.try_acquire();
    assert!(!never_starts(&one, &two, Wait::forever()));
    drop(other);
    // What panicked before is forgotten.
    let slot = one.try_acquire();
    assert!(poll_once(pin!(acquire(&one, Wait::forever()))).is_pending());
    drop(slot);
    assert_eq!((one.available(), two.available()), (1, 2));
}

#[cfg(debug_assertions)]
#[test]
fn a_slot_that_comes_back_at_that_very_moment_is_there_to_be_had() {
    let limit = ConcurrencyLimit::new(2);
    // The other slot was taken when this call looked for one, and is free again when it is found to wait.
    let call = limit
        .try_acquire()
        .unwrap()
        .run(async { crate::concurrency::run::check_reentry(&limit) });
    assert!(matches!(poll_once(pin!(call)), Poll::Ready(())));
}

#[cfg(debug_assertions)]
#[test]
fn two_limits_inside_each_other_are_told_apart() {
    let (one, two) = (ConcurrencyLimit::new(1), ConcurrencyLimit::new(1));
    let call = one.try_acquire().unwrap().run(async {
        let inner = two.try_acquire().unwrap().run(async {
            let _slot = acquire(&one, Wait::forever()).await;
        });
        inner.await;
    });
    let mut call = Box::pin(call);
    assert!(catch_unwind(AssertUnwindSafe(|| poll_once(call.as_mut()))).is_err());
}
