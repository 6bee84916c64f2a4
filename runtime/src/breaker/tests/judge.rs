//! What a result says about the other side.

use std::io;

use super::*;
use crate::{__private as P, Cancelled, Stopped, retry::Ended};

type Ret = Result<u32, Stopped>;

#[test]
fn by_default_every_error_counts() {
    let judge = |ended, out: io::Result<u32>| P::breaker_default!(ended, &out);
    let error = || io::Error::other("busy");
    assert_eq!(judge(Ended::Body, Ok(7)), Judged::Success);
    assert_eq!(judge(Ended::Body, Err(error())), Judged::Failure);
    for (ended, judged) in [
        (Ended::TimedOut, Judged::Failure),
        (Ended::Refused, Judged::Ignored),
        (Ended::Cancelled, Judged::Ignored),
    ] {
        assert_eq!(judge(ended, Err(error())), judged);
        assert_eq!(judge(ended, Ok(7)), judged, "or_return = Ok(7)");
    }
}

#[test]
fn who_was_asked_to_leave_says_nothing() {
    let cancelled: Ret = Err(Cancelled::new(OP).into());
    assert_eq!(P::breaker_default!(Ended::Body, &cancelled), Judged::Ignored);
    assert_eq!(
        P::breaker_when!(Ended::Body, &cancelled, |_| -> bool { unreachable!() }),
        Judged::Ignored
    );
}

#[test]
fn what_is_no_result_succeeds_unless_it_was_stopped() {
    assert_eq!(P::breaker_default!(Ended::Body, &7), Judged::Success);
    assert_eq!(P::breaker_default!(Ended::Body, &None::<u32>), Judged::Success);
    assert_eq!(P::breaker_default!(Ended::TimedOut, &()), Judged::Failure);
}

#[test]
fn when_says_which_errors_count() {
    let judge = |ended, out: io::Result<u32>| {
        P::breaker_when!(ended, &out, |e| e.kind() == io::ErrorKind::ConnectionReset)
    };
    let reset = || Err(io::ErrorKind::ConnectionReset.into());
    let missing = || Err(io::ErrorKind::NotFound.into());
    assert_eq!(judge(Ended::Body, Ok(7)), Judged::Success);
    assert_eq!(judge(Ended::Body, reset()), Judged::Failure);
    assert_eq!(judge(Ended::Body, missing()), Judged::Success, "it answered");
    assert_eq!(judge(Ended::TimedOut, missing()), Judged::Failure);
    assert_eq!(judge(Ended::Refused, reset()), Judged::Ignored);
}

#[test]
fn an_error_that_nobody_can_classify_counts() {
    struct Opaque;
    fn judge<E>(out: &Result<u32, E>) -> Judged {
        P::breaker_default!(Ended::Body, out)
    }
    assert_eq!(judge(&Err(Opaque)), Judged::Failure);
    assert_eq!(
        P::breaker_when!(Ended::Body, &Err::<u32, _>(Opaque), |_| false),
        Judged::Success
    );
}

#[test]
fn when_may_answer_with_a_class() {
    use crate::{Class, Classify};
    #[derive(Debug)]
    struct Error(Class);
    impl Classify for Error {
        fn class(&self) -> Class {
            self.0
        }
    }
    for (class, judged) in [
        (Class::NotSent, Judged::Failure),
        (Class::Transient, Judged::Failure),
        (Class::TransientAfter(SECOND), Judged::Failure),
        (Class::Permanent, Judged::Success),
        (Class::Cancelled, Judged::Ignored),
    ] {
        let out = Err::<u32, _>(Error(class));
        assert_eq!(
            P::breaker_when!(Ended::Body, &out, Classify::class),
            judged,
            "{class:?}"
        );
        assert_eq!(
            P::breaker_when!(Ended::TimedOut, &out, Classify::class),
            Judged::Failure
        );
    }
}
