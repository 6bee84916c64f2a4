//! What an error means for another try: I/O errors by kind, stops, error chains, pointers.

use crate::support::ms;
use etiquette::{
    AtCapacity, Cancelled, CircuitOpen, Class, Classify, RateLimited, Stopped, TimedOut, classify_chain,
};
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
#[error("inner")]
struct Inner(Class);

impl Classify for Inner {
    fn class(&self) -> Class {
        self.0
    }
}

#[test]
fn io_errors_by_kind() {
    let table = [
        (ErrorKind::ConnectionRefused, Class::NotSent),
        (ErrorKind::AddrNotAvailable, Class::NotSent),
        (ErrorKind::HostUnreachable, Class::Transient),
        (ErrorKind::NetworkUnreachable, Class::Transient),
        (ErrorKind::ConnectionReset, Class::Transient),
        (ErrorKind::ConnectionAborted, Class::Transient),
        (ErrorKind::BrokenPipe, Class::Transient),
        (ErrorKind::NotConnected, Class::Transient),
        (ErrorKind::NetworkDown, Class::Transient),
        (ErrorKind::TimedOut, Class::Transient),
        (ErrorKind::Interrupted, Class::Transient),
        (ErrorKind::WouldBlock, Class::Transient),
        (ErrorKind::UnexpectedEof, Class::Transient),
        (ErrorKind::ResourceBusy, Class::Transient),
        (ErrorKind::NotFound, Class::Permanent),
        (ErrorKind::PermissionDenied, Class::Permanent),
        (ErrorKind::AddrInUse, Class::Permanent),
        (ErrorKind::AlreadyExists, Class::Permanent),
        (ErrorKind::InvalidInput, Class::Permanent),
        (ErrorKind::InvalidData, Class::Permanent),
        (ErrorKind::Unsupported, Class::Permanent),
        (ErrorKind::OutOfMemory, Class::Permanent),
        (ErrorKind::Other, Class::Permanent),
    ];
    for (kind, class) in table {
        assert_eq!(io::Error::from(kind).class(), class, "{kind:?}");
        // With a text inside that says nothing, the kind still counts.
        assert_eq!(io::Error::new(kind, "text").class(), class, "{kind:?}");
    }
}

#[test]
fn an_io_error_that_carries_another_is_what_that_one_is() {
    let cancelled = io::Error::from(Stopped::from(Cancelled::new("f")));
    assert_eq!(cancelled.class(), Class::Cancelled);
    let inner = io::Error::from(ErrorKind::ConnectionRefused);
    assert_eq!(
        io::Error::new(ErrorKind::InvalidData, inner).class(),
        Class::NotSent
    );
    assert_eq!(
        io::Error::from_raw_os_error(0).class(),
        io::Error::from(io::Error::from_raw_os_error(0).kind()).class()
    );
}

#[test]
fn a_timeout_is_transient_a_refusal_permanent_and_a_cancellation_cancelled() {
    assert_eq!(TimedOut::new("f", ms(5)).class(), Class::Transient);
    assert_eq!(Cancelled::new("f").class(), Class::Cancelled);
    assert_eq!(CircuitOpen::new("f", ms(5)).class(), Class::Permanent);
    assert_eq!(AtCapacity::new("f", None).class(), Class::Permanent);
    assert_eq!(RateLimited::new("f", ms(5)).class(), Class::Permanent);
    assert_eq!(Stopped::from(TimedOut::new("f", ms(5))).class(), Class::Transient);
    assert_eq!(Stopped::from(Cancelled::new("f")).class(), Class::Cancelled);
    assert_eq!(
        Stopped::from(CircuitOpen::new("f", None)).class(),
        Class::Permanent
    );
    assert_eq!(
        Stopped::from(AtCapacity::new("f", None)).class(),
        Class::Permanent
    );
    assert_eq!(
        Stopped::from(RateLimited::new("f", None)).class(),
        Class::Permanent
    );
}

#[tokio::test(start_paused = true)]
async fn tokios_own_timeout_is_transient() {
    let elapsed = tokio::time::timeout(ms(5), std::future::pending::<()>())
        .await
        .unwrap_err();
    assert_eq!(elapsed.class(), Class::Transient);
}

/// An error around another.
#[derive(Debug)]
struct Around(Box<dyn StdError + Send + Sync>);

impl fmt::Display for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("around")
    }
}

impl StdError for Around {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

#[test]
fn classify_chain_takes_the_first_error_it_knows() {
    let reset = || io::Error::from(ErrorKind::ConnectionReset);
    assert_eq!(classify_chain(&reset()), Class::Transient);
    assert_eq!(
        classify_chain(&Around(Around(reset().into()).into())),
        Class::Transient
    );
    assert_eq!(
        classify_chain(&Around(Stopped::from(Cancelled::new("f")).into())),
        Class::Cancelled
    );
    assert_eq!(classify_chain(&Around("no such user".into())), Class::Permanent);
    // The outer one knows; what caused it does not matter any more.
    let outer = io::Error::new(ErrorKind::NotFound, "text");
    assert_eq!(classify_chain(&Around(outer.into())), Class::Permanent);
}

#[test]
fn anyhow_and_boxed_errors_go_by_their_chain() {
    let error = anyhow::Error::new(io::Error::from(ErrorKind::ConnectionRefused))
        .context("fetch")
        .context("sync");
    assert_eq!(classify_chain(error.as_ref()), Class::NotSent);
    assert_eq!(
        classify_chain(anyhow::anyhow!("no such user").as_ref()),
        Class::Permanent
    );
    let shared: Box<dyn StdError + Send + Sync> = Box::new(io::Error::from(ErrorKind::TimedOut));
    assert_eq!(shared.class(), Class::Transient);
    let local: Box<dyn StdError> = Box::new(Around(shared));
    assert_eq!(local.class(), Class::Transient);
}

#[test]
fn pointers_are_what_they_point_to() {
    let inner = Inner(Class::NotSent);
    let by_reference: &Inner = &inner;
    assert_eq!(Classify::class(&by_reference), Class::NotSent);
    assert_eq!(Box::new(Inner(Class::Cancelled)).class(), Class::Cancelled);
    assert_eq!(Arc::new(Inner(Class::Transient)).class(), Class::Transient);
    fn classifies<E: Classify>() {}
    classifies::<std::convert::Infallible>();
}
