use std::io::{self, ErrorKind};

use super::*;

fn boxed(error: impl Into<Box<dyn Error + Send + Sync>>) -> Box<dyn Error + Send + Sync> {
    error.into()
}

fn timed_out() -> Stopped {
    TimedOut::new("a", Duration::ZERO).into()
}

#[test]
fn io_errors_by_kind() {
    for (kind, class) in [
        (ErrorKind::ConnectionRefused, Class::NotSent),
        (ErrorKind::HostUnreachable, Class::Transient),
        (ErrorKind::ConnectionReset, Class::Transient),
        (ErrorKind::NetworkDown, Class::Transient),
        (ErrorKind::UnexpectedEof, Class::Transient),
        (ErrorKind::NotFound, Class::Permanent),
        (ErrorKind::Other, Class::Permanent),
    ] {
        assert_eq!(io::Error::from(kind).class(), class, "{kind}");
        assert_eq!(io::Error::new(kind, "unknown inner").class(), class, "{kind}");
    }
}

#[test]
fn an_io_error_is_what_it_wraps() {
    let cancelled = Stopped::from(Cancelled::new("a"));
    assert_eq!(io::Error::from(cancelled).class(), Class::Cancelled);
    assert_eq!(io::Error::from(timed_out()).class(), Class::Transient);
    let inner = io::Error::from(ErrorKind::ConnectionRefused);
    assert_eq!(io::Error::other(inner).class(), Class::NotSent);
}

#[test]
fn stops() {
    assert_eq!(timed_out().class(), Class::Transient);
    assert_eq!(Stopped::from(Cancelled::new("a")).class(), Class::Cancelled);
    for refusal in [
        Stopped::from(CircuitOpen::new("a", None)),
        AtCapacity::new("a", None).into(),
        RateLimited::new("a", None).into(),
    ] {
        assert_eq!(refusal.class(), Class::Permanent);
    }
}

#[test]
fn chains_are_walked_to_the_first_that_is_known() {
    let known = anyhow::Error::new(timed_out())
        .context("outer")
        .context("outermost");
    assert_eq!(classify_chain(known.as_ref()), Class::Transient);
    assert_eq!(
        classify_chain(anyhow::anyhow!("unknown").as_ref()),
        Class::Permanent
    );
    // Each payload is known by itself, too.
    assert_eq!(classify_chain(&Cancelled::new("a")), Class::Cancelled);
    assert_eq!(classify_chain(&CircuitOpen::new("a", None)), Class::Permanent);
    assert_eq!(known_in_chain(boxed("unknown").as_ref()), None);
}

#[test]
fn boxed_shared_and_borrowed_errors() {
    assert_eq!(boxed(timed_out()).class(), Class::Transient);
    assert_eq!(boxed("unknown").class(), Class::Permanent);
    let local: Box<dyn Error> = Box::new(timed_out());
    assert_eq!(local.class(), Class::Transient);
    let sent: Box<dyn Error + Send> = Box::new(timed_out());
    assert_eq!(sent.class(), Class::Transient);
    assert_eq!(Arc::new(timed_out()).class(), Class::Transient);
    assert_eq!(<&Stopped as Classify>::class(&&timed_out()), Class::Transient);
}

#[tokio::test(start_paused = true)]
async fn an_elapsed_tokio_timeout_is_transient() {
    let limit = tokio::time::timeout(Duration::ZERO, std::future::pending::<()>());
    let elapsed = limit.await.expect_err("pending");
    assert_eq!(elapsed.class(), Class::Transient);
    assert_eq!(classify_chain(&elapsed), Class::Transient);
}
