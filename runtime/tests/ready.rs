//! What a call costs whose body is ready at once and that nobody listens to: no allocation, no
//! timer, no clock, no field evaluated. Alone in its process: `tracing` remembers for all threads
//! that anyone ever listened, and the allocator counts for all.

#![cfg(feature = "tracing")]

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use etiquette::{__private as P, Limits, Stopped};
use tokio_util::sync::CancellationToken;

type Ret = Result<u64, Stopped>;

const SECOND: Duration = Duration::from_secs(1);

/// Polls once, without a runtime: a timer would panic.
fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(out) => out,
        Poll::Pending => panic!("not ready"),
    }
}

async fn retried(id: u64) -> Ret {
    let mut __etq_retry = P::Retry::new(
        P::Plan::new("op", P::attempts(3u32), P::Exponential::new(SECOND, 2, SECOND)),
        {
            static BUDGET: P::RetryBudget = P::RetryBudget::new();
            P::Shared(&BUDGET)
        },
    );
    loop {
        {
            let __etq_out: Ret = async { Ok(id) }.await;
            if !__etq_retry.again(P::transient::<Ret>(&__etq_out)) {
                break __etq_out;
            }
            P::retry_event!(__etq_retry, &__etq_out);
        }
        P::pause(__etq_retry.delay()).await;
    }
}

async fn keyed(id: u64, key: &str) -> Ret {
    let budget = P::Keyed::new(
        {
            static BUDGETS: P::KeyedRetryBudget = P::KeyedRetryBudget::new();
            &BUDGETS
        },
        key,
    );
    let mut __etq_retry = P::Retry::new(
        P::Plan::new("op", P::attempts(3u32), P::Constant::new(SECOND)),
        budget,
    );
    let __etq_out: Ret = Ok(id);
    let _ = __etq_retry.again(P::any_error!(&__etq_out));
    __etq_out
}

async fn stacked(token: &CancellationToken, id: u64) -> Ret {
    use P::AsCancelSource as _;
    let mut __etq_ended = P::Ended::Body;
    let mut __etq_task = P::task!(target: "app", parent: (), level: P::Level::INFO, name: "task", operation: "app::task",
        follows: (never::<Vec<tracing::Id>>()), fields: { id = never::<u64>() });
    let __etq_out: Ret = __etq_task
        .scope(async {
            match P::cancellable_with_grace((token).__etq_source(), P::limit(SECOND), async {
                match P::with_timeout(P::limit(SECOND), async {
                    match P::with_timeout(P::deadline(None::<std::time::Instant>), retried(id)).await {
                        Ok(__etq_out) => __etq_out,
                        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of("op", P::TimeoutKind::Attempt, 1)),
                    }
                })
                .await
                {
                    Ok(__etq_out) => __etq_out,
                    Err(__etq_stop) => {
                        __etq_ended = P::Ended::TimedOut;
                        P::stopped::<Ret>(__etq_stop.of("op", P::TimeoutKind::Total, 1))
                    }
                }
            })
            .await
            {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => {
                    __etq_ended = P::Ended::Cancelled;
                    P::cancelled::<Ret>(__etq_stop.of("op"))
                }
            }
        })
        .await;
    P::task_end!(__etq_task, __etq_ended, &__etq_out, target: "app",
        err: (P::Level::ERROR, Debug), ret: (P::Level::INFO, Debug));
    __etq_out
}

fn never<T>() -> T {
    unreachable!("nobody listens")
}

#[test]
fn costs_no_allocation_no_timer_and_no_field() {
    // Somebody who says no. With nobody at all, a build in which some crate asks for tracing's `log` feature evaluates
    // fields for the `log` crate.
    let nobody = tracing::subscriber::NoSubscriber::default();
    tracing::subscriber::set_global_default(nobody).expect("the first");
    let token = CancellationToken::new();
    let run = || {
        assert_eq!(ready(stacked(&token, 7)), Ok(7));
        assert_eq!(ready(keyed(7, "db-1")), Ok(7));
        assert_eq!(
            ready(async { 7 }.with_timeout(SECOND).or_cancelled(&token)),
            Ok(Ok(7))
        );
    };
    // `tracing` registers a callsite once.
    run();
    let info = allocation_counter::measure(run);
    assert_eq!(info.count_total, 0, "{info:?}");
    // The counter counts.
    let info = allocation_counter::measure(|| drop(std::hint::black_box(Box::new(1))));
    assert_eq!(info.count_total, 1);
}
