//! One loop for all contenders, and the ways to drive a call that is not ready at once.

use std::{
    cell::Cell,
    future::{Future, poll_fn},
    hint::black_box,
    pin::Pin,
    task::Poll,
    time::{Duration, Instant},
};

use tokio::{runtime::Runtime, task::unconstrained, time::sleep};

use super::{Contender, Role, Sample};
use crate::subject::{Outcome, digest};

thread_local! {
    static RUNTIME: Runtime = runtime();
}

/// A current-thread runtime with one timer that is always pending and always the next to fire, as
/// in a process that does something: without it every timeout would wake the driver.
#[allow(clippy::expect_used, reason = "without a runtime there is nothing to measure")]
fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.spawn(async {
        loop {
            sleep(Duration::from_secs(1)).await;
        }
    });
    runtime.block_on(async { sleep(Duration::from_millis(1)).await });
    runtime
}

/// Runs `future` on this thread's runtime, free of the coop budget.
pub fn block_on<F: Future>(future: F) -> F::Output {
    RUNTIME.with(|runtime| runtime.block_on(unconstrained(future)))
}

/// Runs `call` many times. The loop is compiled anew for every contender, so that each is inlined as
/// it would be in its user's code.
pub(super) async fn repeat(call: &mut impl AsyncFnMut(u64) -> Outcome, calls: u64) -> Sample {
    let mut sum = 0_u64;
    let start = Instant::now();
    for i in 0..calls {
        let outcome = call(black_box(i)).await;
        sum = black_box(sum.rotate_left(5) ^ digest(&outcome));
    }
    Sample {
        elapsed: start.elapsed(),
        sum,
    }
}

/// A contender whose state is in `call`, outside of the loop.
pub fn contender(
    role: Role,
    name: &'static str,
    call: impl AsyncFnMut(u64) -> Outcome + 'static,
) -> Contender {
    let slot = Cell::new(Some(call));
    let run = move |calls| {
        let Some(mut call) = slot.take() else {
            unreachable!("a contender does not run itself")
        };
        let sample = block_on(repeat(&mut call, calls));
        slot.set(Some(call));
        sample
    };
    Contender {
        name,
        role,
        note: "",
        run: Box::new(run),
    }
}

/// Polls again, at once, whatever is pending. Takes a pinned future, as the others here do: moved
/// into one of them, it would cost what it weighs.
#[inline]
pub async fn again<F: Future>(future: Pin<&mut F>) -> F::Output {
    meanwhile(future, || {}).await
}

/// Polls once, does `act`, and then polls until ready.
#[inline]
pub async fn meanwhile<F: Future>(mut future: Pin<&mut F>, act: impl FnOnce()) -> F::Output {
    let mut act = Some(act);
    poll_fn(|cx| {
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(cx) {
                return Poll::Ready(out);
            }
            if let Some(act) = act.take() {
                act();
            }
        }
    })
    .await
}

/// Polls once; `x` if it is still pending.
#[inline]
pub async fn cut_short<F: Future>(mut future: Pin<&mut F>, x: u64) -> Outcome {
    let pending = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_pending())).await;
    Ok(if pending { x } else { u64::MAX })
}
