use super::*;
use crate::{__private as P, AtCapacity, Cancelled, Stopped, TimedOut};

const WAIT: Duration = Duration::from_secs(2);
const RETRY: Verdict = Verdict::RETRY;
const HINTED: Verdict = Verdict::Retry {
    cause: Cause::Hint,
    hint: Some(WAIT),
};

/// Says of itself what it is.
#[derive(Debug, Clone, Copy)]
struct Error(Class);

impl Classify for Error {
    fn class(&self) -> Class {
        self.0
    }
}

/// What each class is judged as.
fn judged(judge: impl Fn(&Result<(), Error>) -> Verdict) -> [Verdict; 6] {
    [
        Ok(()),
        Err(Error(Class::NotSent)),
        Err(Error(Class::Transient)),
        Err(Error(Class::TransientAfter(WAIT))),
        Err(Error(Class::Permanent)),
        Err(Error(Class::Cancelled)),
    ]
    .map(|out| judge(&out))
}

#[test]
fn each_class_under_each_predicate() {
    use Verdict::{Done, Permanent};
    assert_eq!(
        judged(transient),
        [Done, RETRY, RETRY, HINTED, Permanent, Permanent]
    );
    assert_eq!(
        judged(not_sent),
        [Done, RETRY, Permanent, Permanent, Permanent, Permanent]
    );
    // Everything but a cancellation; and a hint is heeded whoever asks.
    let any = [Done, RETRY, RETRY, HINTED, RETRY, Permanent];
    assert_eq!(judged(|out| P::any_error!(out)), any);
    assert_eq!(judged(|out| P::when!(out, |_| true)), any);
    assert_eq!(
        judged(|out| P::when!(out, |_| false)),
        [Done, Permanent, Permanent, Permanent, Permanent, Permanent]
    );
    // The class that the user names counts, not that of the error.
    assert_eq!(
        judged(|out| P::when!(out, |_| Class::TransientAfter(WAIT))),
        [Done, HINTED, HINTED, HINTED, HINTED, Permanent]
    );
    assert_eq!(judged(|out| P::when!(out, Classify::class)), judged(transient));
}

#[test]
fn any_value_can_be_worth_another_try() {
    use Verdict::{Done, Permanent};
    assert_eq!(P::when_result!(&None::<u8>, Option::is_none), RETRY);
    assert_eq!(P::when_result!(&Some(1), Option::is_none), Done);
    assert_eq!(P::when_result!(&3, |_| Class::TransientAfter(WAIT)), HINTED);
    assert_eq!(P::when_result!(&3, |_| Class::Permanent), Done);
    assert_eq!(
        judged(|out| P::when_result!(out, Result::is_ok)),
        [RETRY, Permanent, Permanent, Permanent, Permanent, Permanent]
    );
    assert_eq!(judged(|out| P::when_result!(out, |_| true))[5], Permanent);
}

#[test]
fn an_error_that_hides_its_cancellation_is_found() {
    let out: anyhow::Result<()> = Err(anyhow::Error::new(Stopped::from(Cancelled::new("a"))));
    assert_eq!(P::any_error!(&out), Verdict::Permanent);
    let out: anyhow::Result<()> = Err(anyhow::anyhow!("no idea"));
    assert_eq!(P::any_error!(&out), RETRY);
}

#[test]
fn stops_of_a_layer_below() {
    let timeout = Verdict::after(Cause::TimedOut);
    let refusal = Verdict::after(Cause::Refused);
    assert_eq!(
        [Cause::TimedOut.cost(), Cause::Refused.cost()],
        [COST_OF_TIMEOUT, COST]
    );
    assert_eq!([Cause::Error.cost(), Cause::Hint.cost()], [COST, COST]);
    for (ended, timeouts, refused, verdict) in [
        (Ended::TimedOut, true, false, timeout),
        (Ended::TimedOut, false, true, Verdict::Permanent),
        (Ended::Refused, true, false, Verdict::Permanent),
        (Ended::Refused, false, true, refusal),
        (Ended::Cancelled, true, true, Verdict::Permanent),
    ] {
        assert_eq!(judge_stop(ended, timeouts, refused), verdict, "{ended:?}");
    }
}

#[test]
fn stops_are_retried_by_their_class() {
    let timed_out: Result<(), Stopped> = Err(TimedOut::new("a", WAIT).into());
    assert_eq!(transient(&timed_out), RETRY);
    let refused: Result<(), Stopped> = Err(AtCapacity::new("a", None).into());
    assert_eq!(transient(&refused), Verdict::Permanent);
}
