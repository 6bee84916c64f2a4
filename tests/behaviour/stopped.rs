//! `Stopped`: what it prints, what it says when asked, and its kind as an I/O error.

use crate::support::{ms, secs};
use etiquette::{AtCapacity, Cancelled, CircuitOpen, RateLimited, Stopped, TimedOut, TimeoutKind};
use std::io;

fn every() -> [Stopped; 5] {
    [
        TimedOut::new("app::users::fetch_user", secs(5)).into(),
        Cancelled::new("app::users::fetch_user").into(),
        CircuitOpen::new("app::users::fetch_user", secs(3)).into(),
        AtCapacity::new("app::users::fetch_user", None).into(),
        RateLimited::new("app::users::fetch_user", ms(1_500)).into(),
    ]
}

#[test]
fn in_an_io_error_only_a_timeout_has_a_kind_of_its_own_and_none_is_interrupted() {
    let kinds = every().map(|stop| io::Error::from(stop).kind());
    assert_eq!(
        kinds,
        [
            io::ErrorKind::TimedOut,
            io::ErrorKind::Other,
            io::ErrorKind::Other,
            io::ErrorKind::Other,
            io::ErrorKind::Other
        ]
    );
}

#[test]
fn what_it_prints() {
    assert_eq!(
        every().map(|stop| stop.to_string()),
        [
            "fetch_user timed out after 5s",
            "fetch_user was cancelled",
            "fetch_user was refused: circuit open, retry after 3s",
            "fetch_user was refused: at capacity",
            "fetch_user was refused: rate limit reached, retry after 1.5s",
        ]
    );
    let reasoned = Cancelled::new("app::sync").because("shutting down");
    assert_eq!(
        Stopped::from(reasoned).to_string(),
        "sync was cancelled: shutting down"
    );
    assert_eq!(
        TimedOut::new("sync", None).to_string(),
        "sync timed out at its deadline"
    );
}

#[test]
fn what_a_timeout_prints_of_its_attempts() {
    let mut stop = TimedOut::new("app::fetch_user", secs(30));
    let mut printed = |kind, attempts| {
        (stop.kind, stop.attempts) = (kind, attempts);
        stop.to_string()
    };
    assert_eq!(
        printed(TimeoutKind::Total, 3),
        "fetch_user timed out after 30s (3 attempts)"
    );
    assert_eq!(
        printed(TimeoutKind::Total, 1),
        "fetch_user timed out after 30s (1 attempt)"
    );
    for kind in [TimeoutKind::Call, TimeoutKind::Attempt, TimeoutKind::Inherited] {
        assert_eq!(printed(kind, 3), "fetch_user timed out after 30s");
    }
}

#[test]
fn what_it_says_when_asked() {
    let all = every();
    assert_eq!(
        all.each_ref().map(Stopped::is_timeout),
        [true, false, false, false, false]
    );
    assert_eq!(
        all.each_ref().map(Stopped::is_cancelled),
        [false, true, false, false, false]
    );
    assert_eq!(
        all.each_ref().map(Stopped::is_refusal),
        [false, false, true, true, true]
    );
    assert_eq!(
        all.each_ref().map(Stopped::operation),
        ["app::users::fetch_user"; 5]
    );
    assert_eq!(
        all.each_ref().map(Stopped::retry_after),
        [None, None, Some(secs(3)), None, Some(ms(1_500))]
    );
}

#[test]
fn it_is_clone_and_eq_and_small() {
    for stop in every() {
        assert_eq!(stop.clone(), stop);
    }
    assert_eq!(
        Cancelled::new("a").because("x"),
        Cancelled::new("a").because("x".to_owned())
    );
    assert!(size_of::<Stopped>() <= 48);
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Stopped>();
}
