use super::*;

const SECS: Duration = Duration::from_secs(3);

fn all() -> [Stopped; 5] {
    [
        TimedOut::new("a::b", SECS).into(),
        Cancelled::new("a::b").into(),
        CircuitOpen::new("a::b", SECS).into(),
        AtCapacity::new("a::b", None).into(),
        RateLimited::new("a::b", SECS).into(),
    ]
}

#[test]
fn is_small() {
    assert!(size_of::<Stopped>() <= 48);
    assert!(size_of::<Result<u64, Stopped>>() <= 48);
}

#[test]
fn says_what_it_is() {
    let of = |f: fn(&Stopped) -> bool| all().each_ref().map(f);
    assert_eq!(of(Stopped::is_timeout), [true, false, false, false, false]);
    assert_eq!(of(Stopped::is_cancelled), [false, true, false, false, false]);
    assert_eq!(of(Stopped::is_refusal), [false, false, true, true, true]);
    assert!(all().iter().all(|stop| stop.operation() == "a::b"));
    assert_eq!(
        all().each_ref().map(Stopped::retry_after),
        [None, None, Some(SECS), None, Some(SECS)]
    );
}

#[test]
fn prints_a_sentence_with_the_last_segment() {
    assert_eq!(
        all().map(|stop| stop.to_string()),
        [
            "b timed out after 3s",
            "b was cancelled",
            "b was refused: circuit open, retry after 3s",
            "b was refused: at capacity",
            "b was refused: rate limit reached, retry after 3s",
        ]
    );
    let because = Cancelled::new("sync").because(String::from("shutting down"));
    assert_eq!(because.to_string(), "sync was cancelled: shutting down");
    assert_eq!(Cancelled::new("odd::").to_string(), "odd:: was cancelled");
}

#[test]
fn a_total_limit_counts_the_attempts() {
    let mut stop = TimedOut::new("app::fetch_user", Duration::from_secs(30));
    for (kind, attempts, text) in [
        (
            TimeoutKind::Total,
            3,
            "fetch_user timed out after 30s (3 attempts)",
        ),
        (
            TimeoutKind::Total,
            1,
            "fetch_user timed out after 30s (1 attempt)",
        ),
        (TimeoutKind::Total, 0, "fetch_user timed out after 30s"),
        (TimeoutKind::Attempt, 3, "fetch_user timed out after 30s"),
    ] {
        (stop.kind, stop.attempts) = (kind, attempts);
        assert_eq!(stop.to_string(), text);
    }
    stop.limit = None;
    assert_eq!(stop.to_string(), "fetch_user timed out at its deadline");
}

#[test]
fn reasons_are_equal_by_text() {
    assert_eq!(Reason::from("x"), Reason::from(String::from("x")));
    assert_ne!(Cancelled::new("a").because("x"), Cancelled::new("a"));
    assert_eq!(format!("{:?}", Reason::from("x")), r#""x""#);
}

#[test]
fn becomes_an_io_error_and_comes_back() {
    for stop in all() {
        let error = io::Error::from(stop.clone());
        let kind = match stop.is_timeout() {
            true => io::ErrorKind::TimedOut,
            false => io::ErrorKind::Other,
        };
        assert_eq!(error.kind(), kind);
        assert_eq!(error.to_string(), stop.to_string());
        assert_eq!(error.downcast::<Stopped>().ok(), Some(stop));
    }
}

#[test]
fn boxed_errors_take_it_and_give_it_back() {
    fn boxed() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(Stopped::from(Cancelled::new("a")))?
    }
    fn any() -> anyhow::Result<()> {
        Err(Stopped::from(Cancelled::new("a")))?
    }
    assert!(boxed().is_err_and(|error| error.is::<Stopped>()));
    assert!(any().is_err_and(|error| error.is::<Stopped>()));
}
