use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use tokio::time::{Instant, sleep};

use super::*;
use crate::{Limits, Stopped, TimeoutKind};

const S: Duration = Duration::from_secs(1);

fn reason_of<T: std::fmt::Debug>(out: Result<T, Stopped>) -> Option<String> {
    match out.unwrap_err() {
        Stopped::Cancelled(stop) => stop.reason.map(|reason| reason.to_string()),
        other => panic!("{other}"),
    }
}

fn cancel_after(scope: &Scope, delay: Duration, reason: &'static str) {
    let scope = scope.clone();
    tokio::spawn(async move {
        sleep(delay).await;
        scope.cancel(reason);
    });
}

#[tokio::test(start_paused = true)]
async fn the_first_reason_stays_and_reaches_the_children() {
    let scope = Scope::new();
    let child = scope.child().child();
    assert_eq!((scope.is_cancelled(), scope.reason()), (false, None));
    assert!(scope.cancel("first"));
    assert!(!scope.cancel("second"));
    assert!(!child.cancel("third"));
    assert!(child.is_cancelled() && child.token().is_cancelled());
    assert_eq!(child.reason().as_deref(), Some("first"));
}

#[tokio::test(start_paused = true)]
async fn a_child_ends_without_its_parent() {
    let scope = Scope::new();
    let child = scope.child();
    assert!(child.cancel("enough"));
    assert_eq!((scope.is_cancelled(), scope.reason()), (false, None));
    // Its own reason, even when the parent is cancelled later.
    scope.cancel("all of it");
    assert_eq!(child.reason().as_deref(), Some("enough"));
}

#[tokio::test(start_paused = true)]
async fn the_effective_deadline_is_the_earliest() {
    let scope = Scope::new().with_timeout(10 * S);
    assert_eq!(scope.child().with_timeout(3 * S).remaining(), Some(3 * S));
    assert_eq!(scope.child().with_timeout(30 * S).remaining(), Some(10 * S));
    assert_eq!(scope.child().with_timeout(None).remaining(), Some(10 * S));
    assert_eq!(
        scope.child().with_timeout(Duration::MAX).remaining(),
        Some(10 * S)
    );
    let at = Instant::now() + 2 * S;
    assert_eq!(scope.clone().with_deadline(at).deadline(), Some(at));
    sleep(11 * S).await;
    assert_eq!(scope.remaining(), Some(Duration::ZERO));
    assert_eq!(Scope::new().remaining(), None);
}

#[tokio::test(start_paused = true)]
async fn run_stops_its_body_with_the_reason() {
    let scope = Scope::new();
    cancel_after(&scope, S, "shutting down");
    let start = Instant::now();
    let out = scope.run(sleep(60 * S)).await;
    assert_eq!(start.elapsed(), S);
    assert_eq!(reason_of(out).as_deref(), Some("shutting down"));
}

#[tokio::test(start_paused = true)]
async fn a_body_in_a_cancelled_scope_is_never_polled() {
    let scope = Scope::new();
    scope.cancel("before");
    let out = scope.run(async { panic!("polled") }).await;
    assert_eq!(reason_of::<()>(out).as_deref(), Some("before"));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_an_inherited_timeout() {
    let scope = Scope::new().with_timeout(2 * S);
    let start = Instant::now();
    let Err(Stopped::TimedOut(stop)) = scope.run(std::future::pending::<()>()).await else {
        panic!("no timeout")
    };
    assert_eq!(start.elapsed(), 2 * S);
    assert_eq!((stop.kind, stop.limit), (TimeoutKind::Inherited, None));
    assert_eq!(scope.reason().as_deref(), Some("its deadline has passed"));
    // Nothing was cancelled: others with a later deadline go on.
    assert!(!scope.token().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn current_is_the_innermost_and_ends_with_the_run() {
    assert_eq!(Scope::current().remaining(), None);
    let outer = Scope::new().with_timeout(10 * S);
    let inner = outer.child().with_timeout(S);
    let seen = async {
        let before = Scope::current().remaining();
        let inside = inner.run(async { Scope::current().remaining() }).await.unwrap();
        (before, inside, Scope::current().remaining())
    };
    assert_eq!(outer.run(seen).await, Ok((Some(10 * S), Some(S), Some(10 * S))));
    assert_eq!(Scope::current().remaining(), None);
}

#[tokio::test(start_paused = true)]
async fn provide_leaves_the_work_to_the_callees() {
    let scope = Scope::new();
    cancel_after(&scope, S, "stop");
    let start = Instant::now();
    let out = scope
        .provide(async {
            let out = sleep(60 * S).or_cancelled(&Scope::current()).await;
            sleep(S).await; // the clean-up goes on
            out
        })
        .await;
    assert_eq!(start.elapsed(), 2 * S);
    assert_eq!(reason_of(out).as_deref(), Some("stop"));
}

#[tokio::test(start_paused = true)]
async fn who_listens_to_a_scope_hears_its_deadline_too() {
    let scope = Scope::new().with_timeout(S);
    let start = Instant::now();
    let out = sleep(60 * S).or_cancelled(&scope).await;
    assert_eq!(start.elapsed(), S);
    assert_eq!(reason_of(out).as_deref(), Some("its deadline has passed"));
    // From the start, later on.
    let out = async { panic!("polled") }.or_cancelled(&scope).await;
    assert_eq!(reason_of::<()>(out).as_deref(), Some("its deadline has passed"));
    // `Scope::OPEN` with a deadline: nobody to cancel it.
    let open = Scope::current().with_timeout(S);
    assert!(!open.cancel("nobody listens"));
    assert!(sleep(60 * S).or_cancelled(&open).await.is_err());
    assert_eq!(start.elapsed(), 2 * S);
}

#[test]
fn outside_of_all_scopes_nothing_ever_ends() {
    let open = Scope::current();
    assert!(!open.cancel("nobody") && !open.is_cancelled() && !open.token().is_cancelled());
    let mut waiting = pin!(open.cancelled());
    assert!(
        waiting
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_pending()
    );
    // No runtime here: a clock that was read would be a panic under a paused one, a timer always.
    let poll = pin!(open.run(async { 7 })).poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll, Poll::Ready(Ok(7)));
}

#[tokio::test(start_paused = true)]
async fn inherit_shortens_and_never_lengthens() {
    let hour = Limit::from(3600 * S);
    let second = Limit::from(S);
    // Nobody around: its own limit, seen below.
    let start = Instant::now();
    let seen = inherit(second, async { Scope::current().remaining() }).await;
    assert_eq!(seen.unwrap(), Some(S));
    let over = inherit(second, sleep(60 * S)).await.unwrap_err();
    let stop = over.of("app::fetch", TimeoutKind::Total, 3);
    assert_eq!(
        (stop.kind, stop.limit, stop.attempts),
        (TimeoutKind::Total, Some(S), 3)
    );
    assert_eq!(start.elapsed(), S);
    // Less time around it: that is the deadline, and the error says so.
    let scope = Scope::new().with_timeout(2 * S);
    let body = async {
        assert_eq!(
            inherit(second, async { Scope::current().remaining() })
                .await
                .unwrap(),
            Some(S)
        );
        inherit(hour, async {
            let at = Scope::current();
            assert_eq!(at.remaining(), Some(2 * S));
            at.cancel("from within");
            sleep(60 * S).await;
        })
        .await
    };
    let over = scope.provide(body).await.unwrap_err();
    let stop = over.of("app::fetch", TimeoutKind::Call, 1);
    assert_eq!((stop.kind, stop.limit), (TimeoutKind::Inherited, None));
    assert_eq!(start.elapsed(), 3 * S);
    // It was the same scope, only with less time.
    assert_eq!(scope.reason().as_deref(), Some("from within"));
}

#[tokio::test(start_paused = true)]
async fn inherit_counts_from_entry() {
    let start = Instant::now();
    let body = async {
        tokio::time::advance(S).await;
        sleep(60 * S).await;
    };
    assert!(inherit(Limit::from(3 * S), body).await.is_err());
    assert_eq!(start.elapsed(), 3 * S);
}

#[tokio::test(start_paused = true)]
async fn what_begins_at_the_deadline_has_no_time() {
    assert!(fits(Duration::MAX));
    let left = Scope::new().with_timeout(2 * S).provide(async {
        let fits = || [Duration::ZERO, S, 2 * S, 3 * S].map(fits);
        let before = fits();
        sleep(2 * S).await;
        (before, fits())
    });
    assert_eq!(left.await, ([true, true, false, false], [false; 4]));
    assert!(Scope::new().provide(async { fits(Duration::MAX) }).await);
    // Only while it is polled, also when that ends in a panic.
    let scope = Scope::new().with_timeout(Duration::ZERO);
    let once = std::panic::AssertUnwindSafe(|| {
        let poll =
            pin!(scope.provide(async { panic!("meant") })).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(poll, Poll::Ready(()));
    });
    assert!(std::panic::catch_unwind(once).is_err());
    assert!(fits(Duration::MAX));
    // A scope without a deadline inside one that has one is not in it: it is another.
    let other = scope.provide(async { Scope::new().provide(async { fits(3600 * S) }).await });
    assert!(other.await);
    assert!(fits(Duration::MAX));
}

#[test]
fn the_futures_are_send() {
    fn is_send<T: Send>(_: T) {}
    let scope = Scope::new();
    is_send(scope.run(async {}));
    is_send(scope.provide(async {}));
    is_send(scope.cancelled());
}
