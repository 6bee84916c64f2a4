//! `#[fallback]`: which errors are replaced, by what, and when.

use crate::support::{
    Counted, Error, Noted, Runs, cancelled_after, ms, note, notes, pending, sleep, stop_of, timed,
};
use etiquette::{
    Class, Classify, Stopped, cancellable, concurrency_limit, fallback, instrument_task, retry, shield,
    with_timeout,
};
use std::rc::Rc;
use tokio_util::sync::CancellationToken;

async fn cached(n: u32) -> Result<u32, Error> {
    sleep(ms(5)).await;
    if n == 0 { Err(Error::Bad) } else { Ok(n) }
}

fn is_busy(error: &Error) -> bool {
    *error == Error::Busy
}

// H96
#[tokio::test(start_paused = true)]
async fn an_error_is_replaced_and_a_value_is_not() {
    #[fallback(Ok(note("asked", 7)))]
    async fn call(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    assert_eq!((call(Ok(1)).await, notes().as_str()), (Ok(1), ""));
    assert_eq!((call(Err(Error::Bad)).await, notes().as_str()), (Ok(7), "asked"));
}

#[tokio::test(start_paused = true)]
async fn the_value_names_arguments_and_may_wait() {
    struct Client(u32);
    impl Client {
        #[fallback(cached(n + self.0).await)]
        async fn call(&self, n: u32) -> Result<u32, Error> {
            Err(Error::Busy)
        }
    }
    assert_eq!(timed(Client(3).call(4)).await, (Ok(7), ms(5)));
}

#[tokio::test(start_paused = true)]
async fn what_leaves_the_value_is_the_value() {
    #[with_timeout(1s)]
    #[fallback({ if n == 9 { return Ok(90); } Ok(cached(n).await? + 1) })]
    async fn call(n: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    // A task of its own makes something else of what its body returns.
    #[instrument_task]
    #[shield]
    #[fallback(if n == 9 { return Ok(90) } else { Ok(cached(n).await? + 1) })]
    #[with_timeout(1s)]
    async fn shielded(n: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    for (n, out) in [(0, Err(Error::Bad)), (3, Ok(4)), (9, Ok(90))] {
        assert_eq!(call(n).await, out, "{n}");
        assert_eq!(shielded(n).await, out, "{n}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_return_and_a_question_mark_of_the_body_are_replaced_too() {
    #[fallback(Ok(7))]
    async fn call(text: &str) -> Result<u32, Box<dyn std::error::Error>> {
        if text.is_empty() {
            return Err("nothing".into());
        }
        Ok(text.parse()?)
    }
    for (text, out) in [("", 7), ("x", 7), ("3", 3)] {
        assert_eq!(call(text).await.unwrap(), out);
    }
}

#[tokio::test(start_paused = true)]
async fn with_takes_the_error_by_value() {
    fn by_path(error: Error) -> Result<u32, Error> {
        if error == Error::Busy { Ok(7) } else { Err(error) }
    }
    #[fallback(with = by_path)]
    async fn path(error: Error) -> Result<u32, Error> {
        Err(error)
    }
    #[fallback(with = |error| { if error == Error::Busy { return Ok(n); } Err(error) })]
    async fn closure(n: u32, error: Error) -> Result<u32, Error> {
        Err(error)
    }
    #[fallback(with = |error: Error| { if n == 9 { return Err(error); } Ok(cached(n).await? + 1) })]
    async fn waits(n: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!(path(Error::Busy).await, Ok(7));
    assert_eq!(path(Error::Bad).await, Err(Error::Bad));
    assert_eq!(closure(3, Error::Busy).await, Ok(3));
    assert_eq!(closure(3, Error::Bad).await, Err(Error::Bad));
    assert_eq!(timed(waits(3)).await, (Ok(4), ms(5)));
    assert_eq!(
        (waits(0).await, waits(9).await),
        (Err(Error::Bad), Err(Error::Busy))
    );
}

#[tokio::test(start_paused = true)]
async fn when_says_which_errors_are_replaced() {
    #[fallback(Ok(7), when = is_busy)]
    async fn path(error: Error) -> Result<u32, Error> {
        Err(error)
    }
    #[fallback(with = |_| Ok(n), when = |error| *error == Error::Busy && n > 1)]
    async fn closure(n: u32, error: Error) -> Result<u32, Error> {
        Err(error)
    }
    assert_eq!(
        (path(Error::Busy).await, path(Error::Bad).await),
        (Ok(7), Err(Error::Bad))
    );
    assert_eq!(
        (closure(3, Error::Busy).await, closure(1, Error::Busy).await),
        (Ok(3), Err(Error::Busy))
    );
}

#[tokio::test(start_paused = true)]
async fn timeouts_and_refusals_are_replaced() {
    #[fallback(Ok(7))]
    #[with_timeout(50ms)]
    async fn slow() -> Result<u32, Error> {
        pending().await
    }
    #[fallback(with = |error| { assert!(stop_of::<u32>(Err(error)).is_refusal()); Ok(7) })]
    #[concurrency_limit(1, wait = none)]
    async fn one() -> Result<u32, Error> {
        sleep(ms(50)).await;
        Ok(1)
    }
    assert_eq!(timed(slow()).await, (Ok(7), ms(50)));
    assert_eq!(tokio::join!(one(), one()), (Ok(1), Ok(7)));
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_is_not() {
    #[fallback(Ok(7))]
    #[cancellable]
    async fn below(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    // Whatever the error is: the run was cancelled.
    #[fallback(Ok(7))]
    #[cancellable(error = |_| Error::Busy)]
    async fn otherwise(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[fallback(Ok(7), when = |error| matches!(error, Error::Stopped(stop) if stop.is_cancelled()))]
    #[cancellable]
    async fn named(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    assert!(stop_of(below(cancelled_after(5)).await).is_cancelled());
    assert_eq!(otherwise(cancelled_after(5)).await, Err(Error::Busy));
    assert_eq!(named(cancelled_after(5)).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn nor_is_an_error_of_class_cancelled() {
    #[derive(Debug, PartialEq)]
    struct Gone;
    impl Classify for Gone {
        fn class(&self) -> Class {
            Class::Cancelled
        }
    }
    #[fallback(Ok(7))]
    async fn call() -> Result<u32, Gone> {
        Err(Gone)
    }
    #[fallback(Ok(7))]
    async fn inner() -> Result<u32, Error> {
        Err(Stopped::from(etiquette::Cancelled::new("elsewhere")).into())
    }
    assert_eq!(call().await, Err(Gone));
    assert!(stop_of(inner().await).is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn what_or_return_gave_is_a_value() {
    #[fallback(Ok(7))]
    #[with_timeout(50ms, or_return = Ok(5))]
    async fn call() -> Result<u32, Error> {
        pending().await
    }
    assert_eq!(call().await, Ok(5));
}

#[tokio::test(start_paused = true)]
async fn a_retry_below_has_made_all_its_attempts() {
    #[fallback(Ok(asked.next()))]
    #[retry(attempts = 3, constant(10ms), jitter = none, budget = none)]
    async fn call(runs: &Runs, asked: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let (runs, asked) = (Runs::new(), Runs::new());
    assert_eq!(timed(call(&runs, &asked)).await, (Ok(1), ms(20)));
    assert_eq!((runs.count(), asked.count()), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn the_error_is_gone_before_the_value_is_awaited() {
    #[fallback({ note("begun", ()); sleep(ms(5)).await; Ok(note("done", 7)) })]
    async fn value() -> Result<u32, Noted> {
        Err(Noted("dropped"))
    }
    #[fallback(with = |_| { note("begun", ()); sleep(ms(5)).await; Ok(note("done", 7)) })]
    async fn closure() -> Result<u32, Noted> {
        Err(Noted("dropped"))
    }
    assert!(value().await.is_ok());
    assert_eq!(notes(), "dropped begun done");
    assert!(closure().await.is_ok());
    assert_eq!(notes(), "dropped begun done");
}

/// An error that is not `Send` leaves the future so, unless it is looked at while it waits.
#[tokio::test(start_paused = true)]
async fn an_error_that_is_not_send_costs_nothing() {
    struct Local(#[allow(dead_code, reason = "it is what it holds")] Rc<u32>);
    #[fallback(Ok(cached(7).await.unwrap()))]
    async fn value() -> Result<u32, Local> {
        sleep(ms(5)).await;
        Err(Local(Rc::new(1)))
    }
    #[fallback(with = |_| Ok(cached(7).await.unwrap()))]
    async fn unseen() -> Result<u32, Local> {
        Err(Local(Rc::new(1)))
    }
    #[fallback(with = |Local(n)| Ok(*n + 6))]
    async fn at_once() -> Result<u32, Local> {
        Err(Local(Rc::new(1)))
    }
    fn send<T: Send>(value: T) -> T {
        value
    }
    assert_eq!(send(value()).await.ok(), Some(7));
    assert_eq!(send(unseen()).await.ok(), Some(7));
    assert_eq!(send(at_once()).await.ok(), Some(7));
}

#[tokio::test(start_paused = true)]
async fn dropped_in_its_value_it_leaves_nothing() {
    #[fallback({ let _held = held.clone(); pending().await })]
    async fn call(held: &Counted) -> Result<u32, Error> {
        let _held = held.clone();
        Err(Error::Busy)
    }
    let held = Counted::default();
    assert!(tokio::time::timeout(ms(5), call(&held)).await.is_err());
    assert_eq!(held.others(), 0);
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "nothing to fall back on")]
async fn a_panic_in_the_value_goes_on_in_the_caller() {
    #[fallback(panic!("nothing to fall back on"))]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let _ = call().await;
}
