//! `#[fallback]` alone.

use std::{cell::Cell, rc::Rc};

use etiquette::{__private as P, Cancelled, Stopped};
use tokio::time::sleep;

use crate::{Error, is_send, ms};

const OP: &str = concat!(module_path!(), "::fetch");

type Ret = Result<u32, Error>;

/// `#[fallback(EXPR)]` above a timeout: the expression may use the arguments, and wait.
async fn value(id: u32, work: u64, out: Ret) -> (P::Ended, Ret) {
    let mut __etq_ended = P::Ended::Body;
    let __etq_out: Ret = '__etq: {
        {
            let __etq_out: Ret = match P::with_timeout(P::limit(ms(50)), async {
                sleep(ms(work)).await;
                out
            })
            .await
            {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => {
                    __etq_ended = P::Ended::TimedOut;
                    P::stopped::<Ret>(__etq_stop.of(OP, P::TimeoutKind::Call, 0u32))
                }
            };
            if !P::fall_back!(P::fallback::fall_back, __etq_ended, &__etq_out) {
                break '__etq __etq_out;
            }
        }
        __etq_ended = P::Ended::Body;
        Ok(id + async { 1 }.await)
    };
    (__etq_ended, __etq_out)
}

#[tokio::test(start_paused = true)]
async fn replaces_errors_and_stops_but_no_cancellation() {
    let cancelled = || Error::from(Stopped::from(Cancelled::new(OP)));
    assert_eq!(is_send(value(1, 0, Ok(7))).await, (P::Ended::Body, Ok(7)));
    assert_eq!(value(1, 0, Err(Error::Gone)).await, (P::Ended::Body, Ok(2)));
    assert_eq!(value(1, 60, Ok(7)).await, (P::Ended::Body, Ok(2)));
    assert_eq!(
        value(1, 0, Err(cancelled())).await,
        (P::Ended::Body, Err(cancelled()))
    );
}

/// `#[fallback(with = …)]`: gets the error by value.
async fn with<E: Into<String>>(out: Result<String, E>) -> Result<String, E> {
    '__etq: {
        let __etq_error = {
            let __etq_out: Result<String, E> = async { out }.await;
            match P::error_if(
                P::fall_back!(P::fallback::fall_back, P::Ended::Body, &__etq_out),
                __etq_out,
            ) {
                Ok(__etq_out) => break '__etq __etq_out,
                Err(__etq_error) => __etq_error,
            }
        };
        // A path is called, a closure literal is written out: `|error| { … .await … }`.
        let error = __etq_error;
        Ok(async { error.into() }.await)
    }
}

/// `when = …` decides alone, also of a cancellation.
async fn when(out: Ret) -> Ret {
    '__etq: {
        {
            let __etq_out: Ret = async { out }.await;
            if !P::fall_back_when(&__etq_out, |error| matches!(error, Error::Stopped(_))) {
                break '__etq __etq_out;
            }
        }
        Ok(0)
    }
}

#[tokio::test]
async fn with_and_when() {
    assert_eq!(is_send(with(Err::<_, &str>("busy"))).await, Ok("busy".into()));
    assert_eq!(with(Ok::<_, &str>("fine".into())).await, Ok("fine".into()));
    assert_eq!(when(Err(Error::Gone)).await, Err(Error::Gone));
    assert_eq!(when(Err(Stopped::from(Cancelled::new(OP)).into())).await, Ok(0));
    assert_eq!(when(Ok(7)).await, Ok(7));
}

/// An error that is not `Send` is gone before the answer is waited for.
#[tokio::test]
async fn an_error_that_is_not_send_does_not_cost_send() {
    async fn answer() -> Result<u32, Rc<Cell<u32>>> {
        '__etq: {
            {
                let __etq_out: Result<u32, Rc<Cell<u32>>> = async { Err(Rc::default()) }.await;
                if !P::fall_back!(P::fallback::fall_back, P::Ended::Body, &__etq_out) {
                    break '__etq __etq_out;
                }
            }
            sleep(ms(1)).await;
            Ok(1)
        }
    }
    assert_eq!(is_send(answer()).await, Ok(1));
}
