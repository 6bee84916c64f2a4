//! `#[retry]`: which results are worth another try.

use crate::support::{Error, Runs, ms, runs, secs, timed};
use etiquette::{Cancelled, Class, Classify, Stopped, TimedOut, retry};
use std::io;

fn io_error(kind: io::ErrorKind) -> io::Error {
    kind.into()
}

fn stopped(stop: impl Into<Stopped>) -> Stopped {
    stop.into()
}

#[tokio::test(start_paused = true)]
async fn transient_is_the_default_and_goes_by_classify() {
    #[retry(attempts = 2)]
    async fn by_default(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = transient)]
    async fn spelled_out(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    let timed_out = || Error::from(stopped(TimedOut::new("f", ms(1))));
    let cancelled = || Error::from(stopped(Cancelled::new("f")));
    assert_eq!(runs!(by_default, Error::Busy), 2);
    assert_eq!(runs!(by_default, Error::NotSent), 2);
    assert_eq!(runs!(by_default, Error::Later(ms(5))), 2);
    assert_eq!(runs!(by_default, timed_out()), 2);
    assert_eq!(runs!(by_default, Error::Bad), 1);
    assert_eq!(runs!(by_default, cancelled()), 1);
    assert_eq!(runs!(spelled_out, Error::Busy), 2);
    assert_eq!(runs!(spelled_out, Error::Bad), 1);
}

#[tokio::test(start_paused = true)]
async fn classify_of_io_errors_and_boxed_errors_is_used() {
    #[retry(attempts = 2)]
    async fn of_io(error: &dyn Fn() -> io::Error) -> Result<(), io::Error> {
        Err(error())
    }
    #[retry(attempts = 2)]
    async fn boxed(error: &dyn Fn() -> io::Error) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err(error().into())
    }
    #[retry(attempts = 2)]
    async fn generic<E: Classify>(error: &dyn Fn() -> E) -> Result<(), E> {
        Err(error())
    }
    assert_eq!(runs!(of_io, io_error(io::ErrorKind::ConnectionReset)), 2);
    assert_eq!(runs!(of_io, io_error(io::ErrorKind::NotFound)), 1);
    assert_eq!(runs!(boxed, io_error(io::ErrorKind::ConnectionReset)), 2);
    assert_eq!(runs!(boxed, io_error(io::ErrorKind::NotFound)), 1);
    assert_eq!(runs!(generic, Error::Busy), 2);
    assert_eq!(runs!(generic, Error::Bad), 1);
}

#[tokio::test(start_paused = true)]
async fn any_retries_every_error() {
    struct Mute;
    #[retry(attempts = 2, when = any)]
    async fn any(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = any)]
    async fn says_nothing(error: &dyn Fn() -> Mute) -> Result<(), Mute> {
        Err(error())
    }
    #[retry(attempts = 2, when = any)]
    async fn generic<E>(error: &dyn Fn() -> E) -> Result<(), E> {
        Err(error())
    }
    assert_eq!(runs!(any, Error::Bad), 2);
    assert_eq!(runs!(says_nothing, Mute), 2);
    assert_eq!(runs!(generic, 404), 2);
}

#[tokio::test(start_paused = true)]
async fn not_sent_retries_only_what_never_reached_the_other_side() {
    #[retry(attempts = 2, when = not_sent)]
    async fn write(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    assert_eq!(runs!(write, Error::NotSent), 2);
    assert_eq!(runs!(write, Error::Busy), 1);
    assert_eq!(runs!(write, Error::Later(ms(5))), 1);
    assert_eq!(runs!(write, Error::Bad), 1);
}

// H158
#[tokio::test(start_paused = true)]
async fn a_predicate_is_a_path_or_a_closure_and_answers_with_a_bool_or_a_class() {
    fn is_bad(error: &Error) -> bool {
        *error == Error::Bad
    }
    fn kind(error: &Error) -> Class {
        if *error == Error::Bad {
            Class::TransientAfter(secs(2))
        } else {
            Class::Permanent
        }
    }
    #[retry(attempts = 2, when = is_bad)]
    async fn path(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = |error| matches!(error, Error::Bad))]
    async fn closure(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = kind)]
    async fn class(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = |error| etiquette::classify_chain(error.as_ref()))]
    async fn of_anyhow(error: &dyn Fn() -> anyhow::Error) -> anyhow::Result<()> {
        Err(error())
    }
    assert_eq!([runs!(path, Error::Bad), runs!(path, Error::Busy)], [2, 1]);
    assert_eq!([runs!(closure, Error::Bad), runs!(closure, Error::Busy)], [2, 1]);
    assert_eq!([runs!(class, Error::Bad), runs!(class, Error::Busy)], [2, 1]);
    let reset = || anyhow::Error::new(io_error(io::ErrorKind::ConnectionReset)).context("fetch");
    assert_eq!(
        [runs!(of_anyhow, reset()), runs!(of_anyhow, anyhow::anyhow!("no"))],
        [2, 1]
    );
    // The class of a predicate is the whole answer: its hint is waited for.
    let error = || Error::Bad;
    assert_eq!(timed(class(&error)).await.1, secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_closure_sees_the_arguments() {
    #[retry(attempts = 5, constant(1ms), when = |error| retried.contains(error))]
    async fn call(runs: &Runs, retried: &[u32]) -> Result<(), u32> {
        Err(runs.next())
    }
    let runs = Runs::default();
    assert_eq!(call(&runs, &[1, 2]).await, Err(3));
}

#[tokio::test(start_paused = true)]
async fn when_result_sees_the_whole_result_of_any_type() {
    #[retry(attempts = 5, constant(10ms), jitter = none, when_result = |found| found.is_none())]
    async fn of_option(runs: &Runs) -> Option<u32> {
        Some(runs.next()).filter(|run| *run == 3)
    }
    #[retry(attempts = 5, constant(10ms), jitter = none, when_result = |run| *run < 4)]
    async fn of_number(runs: &Runs) -> u32 {
        runs.next()
    }
    #[retry(attempts = 5, constant(10ms), jitter = none, when_result = is_empty)]
    async fn of_result(runs: &Runs) -> Result<Vec<u32>, Error> {
        match runs.next() {
            1 => Ok(vec![]),
            2 => Err(Error::Busy),
            run => Ok(vec![run]),
        }
    }
    fn is_empty(result: &Result<Vec<u32>, Error>) -> bool {
        !matches!(result, Ok(found) if !found.is_empty())
    }
    assert_eq!(timed(of_option(&Runs::default())).await, (Some(3), ms(20)));
    assert_eq!(timed(of_number(&Runs::default())).await, (4, ms(30)));
    assert_eq!(timed(of_result(&Runs::default())).await, (Ok(vec![3]), ms(20)));
}
