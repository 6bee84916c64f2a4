//! Scopes, through the attributes: who hears them, what they report, and what a retry makes of a deadline.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, after, ms, pending, secs, sleep, stop_of, timed};
use etiquette::{Limits, Scope, Stopped, TimeoutKind, cancellable, instrument_task, retry, with_timeout};
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

fn cancelled_after(scope: &Scope, delay: u64, reason: &'static str) {
    let scope = scope.clone();
    after(ms(delay), move || {
        scope.cancel(reason);
    });
}

#[cancellable(Scope::current())]
async fn listens() -> Result<u32, Error> {
    pending().await
}

// RW13
#[tokio::test(start_paused = true)]
async fn a_cancellable_call_obeys_the_scope_it_is_in() {
    let scope = Scope::new();
    cancelled_after(&scope, 50, "the user went away");
    let (out, elapsed) = timed(scope.provide(listens())).await;
    let Stopped::Cancelled(stop) = stop_of(out) else {
        panic!("not cancelled")
    };
    assert_eq!(elapsed, ms(50));
    assert_eq!(stop.reason.as_deref(), Some("the user went away"));
    assert_eq!(stop.to_string(), "listens was cancelled: the user went away");
}

#[tokio::test(start_paused = true)]
async fn outside_of_a_scope_it_runs_on() {
    let (out, elapsed) = timed(listens().with_timeout(secs(9))).await;
    assert!(out.unwrap_err().is_timeout());
    assert_eq!(elapsed, secs(9));
}

#[tokio::test(start_paused = true)]
async fn a_grace_period_keeps_the_reason() {
    #[cancellable(Scope::current(), grace = 200ms)]
    async fn slow_to_leave(waits: Duration) -> Result<u32, Error> {
        sleep(waits).await;
        Ok(7)
    }
    let scope = Scope::new();
    cancelled_after(&scope, 50, "enough");
    assert_eq!(
        timed(scope.provide(slow_to_leave(ms(100)))).await,
        (Ok(7), ms(100))
    );
    let scope = Scope::new();
    cancelled_after(&scope, 50, "enough");
    let (out, elapsed) = timed(scope.provide(slow_to_leave(secs(9)))).await;
    assert_eq!(stop_of(out).to_string(), "slow_to_leave was cancelled: enough");
    assert_eq!(elapsed, ms(250));
}

#[tokio::test(start_paused = true)]
async fn a_source_in_a_field_or_an_option_says_why_too() {
    struct Session {
        scope: Scope,
        parent: Option<Scope>,
    }
    impl Session {
        #[cancellable(self.scope)]
        async fn by_field(&self) -> Result<u32, Error> {
            pending().await
        }
        #[cancellable(self.parent.as_ref())]
        async fn by_option(&self) -> Result<u32, Error> {
            sleep(secs(1)).await;
            Ok(7)
        }
    }
    let mut session = Session {
        scope: Scope::new(),
        parent: None,
    };
    assert_eq!(session.by_option().await, Ok(7));
    session.scope.cancel("logged out");
    session.parent = Some(session.scope.child());
    assert!(
        stop_of(session.by_field().await)
            .to_string()
            .ends_with(": logged out")
    );
    assert!(
        stop_of(session.by_option().await)
            .to_string()
            .ends_with(": logged out")
    );
}

#[tokio::test(start_paused = true)]
async fn the_mapper_of_an_error_sees_the_reason() {
    #[cancellable(Scope::current(), error = |stop| stop.reason.unwrap().to_string())]
    async fn call() -> Result<u32, String> {
        pending().await
    }
    let scope = Scope::new();
    scope.cancel(format!("request {} is gone", 7));
    assert_eq!(scope.provide(call()).await, Err("request 7 is gone".to_owned()));
}

// RW04, RW05
#[tokio::test(start_paused = true)]
async fn inherit_hands_the_remaining_time_on() {
    #[with_timeout(10s, inherit)]
    async fn outer(seen: &Mutex<Vec<Duration>>) -> Result<u32, Error> {
        for _ in 0..3 {
            seen.lock().unwrap().push(Scope::current().remaining().unwrap());
            sleep(secs(2)).await;
        }
        inner(60).await
    }
    #[with_timeout(secs(limit), inherit)]
    async fn inner(limit: u64) -> Result<u32, Error> {
        pending().await
    }
    let seen = Mutex::default();
    let (out, elapsed) = timed(outer(&seen)).await;
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    assert_eq!(*seen.lock().unwrap(), [secs(10), secs(8), secs(6)]);
    assert_eq!((stop.kind, stop.limit), (TimeoutKind::Inherited, None));
    assert_eq!(stop.to_string(), "inner timed out at its deadline");
    assert_eq!(elapsed, secs(10));
    // Its own limit, where that is shorter.
    let Stopped::TimedOut(stop) = stop_of(Scope::new().with_timeout(secs(9)).provide(inner(2)).await) else {
        panic!("not a timeout")
    };
    assert_eq!((stop.kind, stop.limit), (TimeoutKind::Call, Some(secs(2))));
}

#[tokio::test(start_paused = true)]
async fn without_inherit_nobody_below_sees_a_deadline() {
    #[with_timeout(10s)]
    async fn outer() -> Result<Option<Duration>, Error> {
        Ok(Scope::current().remaining())
    }
    assert_eq!(outer().await, Ok(None));
    let around = Scope::new().with_timeout(secs(3));
    assert_eq!(around.provide(outer()).await, Ok(Some(secs(3))));
}

#[tokio::test(start_paused = true)]
async fn inherit_takes_an_instant_and_none() {
    #[with_timeout(until = at, inherit)]
    async fn until(at: Option<Instant>) -> Result<Option<Duration>, Error> {
        Ok(Scope::current().remaining())
    }
    assert_eq!(until(Some(Instant::now() + secs(3))).await, Ok(Some(secs(3))));
    assert_eq!(until(None).await, Ok(None));
    let around = Scope::new().with_timeout(secs(2));
    assert_eq!(around.provide(until(None)).await, Ok(Some(secs(2))));
}

#[tokio::test(start_paused = true)]
async fn a_retry_gives_up_rather_than_sleep_past_the_deadline() {
    #[retry(attempts = 10, constant(1s), jitter = none)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let limited = |limit: u64| Scope::new().with_timeout(ms(limit));
    // The third pause would end at the deadline: no time to try again.
    for (limit, runs, took) in [(3000, 3, 2), (3001, 4, 3), (999, 1, 0), (60_000, 10, 9)] {
        let counted = Runs::default();
        let (out, elapsed) = timed(limited(limit).run(call(&counted))).await;
        assert_eq!(out, Ok(Err(Error::Busy)), "the error, not a timeout");
        assert_eq!((counted.count(), elapsed), (runs, secs(took)), "{limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_hint_beyond_the_deadline_is_not_waited_for() {
    #[retry(attempts = 3)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Later(secs(5)))
    }
    let runs = Runs::default();
    let (_, elapsed) = timed(Scope::new().with_timeout(secs(4)).provide(call(&runs))).await;
    assert_eq!((runs.count(), elapsed), (1, secs(0)));
}

#[tokio::test(start_paused = true)]
async fn inherit_above_a_retry_ends_it_with_its_own_error() {
    #[with_timeout(2500ms, total, inherit)]
    #[retry(attempts = 10, constant(1s), jitter = none)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = Runs::default();
    assert_eq!(timed(call(&runs)).await, (Err(Error::Busy), secs(2)));
    assert_eq!(runs.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_may_be_a_scope_of_its_own() {
    #[retry(attempts = 2, constant(1s), jitter = none)]
    #[with_timeout(3s, attempt, inherit)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        assert_eq!(Scope::current().remaining(), Some(secs(3)));
        pending().await
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(call(&runs)).await;
    let Stopped::TimedOut(stop) = stop_of(out) else {
        panic!("not a timeout")
    };
    assert_eq!(
        (stop.kind, stop.attempts, runs.count()),
        (TimeoutKind::Attempt, 2, 2)
    );
    assert_eq!(elapsed, secs(7));
}

#[tokio::test(start_paused = true)]
async fn the_span_says_that_the_deadline_was_why() {
    #[instrument_task]
    #[retry(attempts = 10, constant(1s), jitter = none)]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let recorder = Recorder::install();
    let _ = Scope::new().with_timeout(ms(1500)).provide(call()).await;
    let fields = recorder.span().fields;
    assert_eq!((&*fields["gave_up"], &*fields["attempts"]), ("deadline", "2"));
}

/// Which is why the future of a call in a scope can be spawned.
#[tokio::test(start_paused = true)]
async fn layers_with_a_scope_are_send() {
    let scope = Scope::new();
    let call = tokio::spawn({
        let scope = scope.clone();
        async move { scope.run(listens()).await }
    });
    scope.cancel("all");
    assert!(call.await.unwrap().unwrap_err().is_cancelled());
}
