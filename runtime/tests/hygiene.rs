//! The shims name everything in full: no prelude, and a scope full of traps.

#![no_implicit_prelude]
#![cfg(feature = "tracing")]

mod core {}
mod std {}
mod tokio {}
mod tracing {}
mod etiquette {}

use ::etiquette::__private as P;

#[allow(dead_code, reason = "traps")]
/// Traps: methods and names that the shims use, on every type and in every scope.
trait Trap {
    fn class(&self) -> u8 {
        ::core::unreachable!()
    }
    fn is_err(&self) -> u8 {
        ::core::unreachable!()
    }
    fn text(&self) -> u8 {
        ::core::unreachable!()
    }
}

struct Error;
impl Trap for Error {}

#[allow(dead_code, reason = "traps")]
mod traps {
    pub(crate) struct Probe;
    pub(crate) struct Some;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Option;
    pub(crate) struct Result;
    pub(crate) struct Level;
}
#[allow(unused_imports, reason = "traps")]
use traps::*;

type Ret = ::core::result::Result<u8, Error>;

async fn call(id: u8, out: Ret) -> Ret {
    let mut __etq_ended = P::Ended::Body;
    let mut __etq_progress = P::Progress::new();
    let mut __etq_task = P::task!(target: ::core::module_path!(), parent: (), level: P::Level::INFO,
        name: "call", operation: "app::call", follows: (), fields: { id, text = ?id, late = P::Empty });
    let mut out = ::core::option::Option::Some(out);
    let __etq_out: Ret = __etq_task
        .scope(async {
            let mut __etq_retry = P::Retry::new(
                P::Plan::new(
                    ::core::concat!(::core::module_path!(), "::call"),
                    P::attempts(2u32),
                    P::Delays::new([::core::time::Duration::ZERO]),
                ),
                P::NoBudget,
            );
            loop {
                {
                    __etq_ended = P::Ended::Body;
                    __etq_progress.begin(&__etq_retry);
                    let __etq_out: Ret = match ::core::option::Option::take(&mut out) {
                        ::core::option::Option::Some(out) => out,
                        ::core::option::Option::None => ::core::result::Result::Ok(id),
                    };
                    let _ = P::any_error!(&__etq_out);
                    let _ = P::when!(&__etq_out, |_| true);
                    let __etq_verdict = P::when_result!(&__etq_out, ::core::result::Result::is_err);
                    if !__etq_retry.again(__etq_verdict) {
                        break __etq_out;
                    }
                    P::retry_event!(__etq_retry, &__etq_out);
                    __etq_progress.failed(P::describe!(&__etq_out));
                }
                P::pause(__etq_retry.delay()).await;
            }
        })
        .await;
    P::task_end!(__etq_task, __etq_ended, &__etq_out, target: ::core::module_path!(),
        err: (), ret: (P::Level::INFO, Debug));
    __etq_out
}

#[::core::prelude::v1::test]
fn works_anywhere() {
    let mut future = ::std::boxed::Box::pin(call(7, ::core::result::Result::Err(Error)));
    let mut cx = ::core::task::Context::from_waker(::core::task::Waker::noop());
    let polled = ::core::future::Future::poll(future.as_mut(), &mut cx);
    ::core::assert!(::core::matches!(
        polled,
        ::core::task::Poll::Ready(::core::result::Result::Ok(7))
    ));
}
