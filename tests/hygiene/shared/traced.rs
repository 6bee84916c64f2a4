//! The options of `#[instrument_task]` that need the `tracing` feature, named in full like everything in `every.rs`.

#[allow(unused_imports, reason = "most crates set no traps")]
use crate::traps::*;

type Num = ::core::primitive::u32;
type Answer = ::core::result::Result<Num, Failed>;

#[derive(::core::fmt::Debug)]
struct Failed;

impl ::core::fmt::Display for Failed {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str("failed")
    }
}

#[::etiquette::instrument_task(fields(n), err, ret)]
async fn short(n: Num) -> Answer {
    if n == 0 {
        return ::core::result::Result::Err(Failed);
    }
    ::core::result::Result::Ok(n)
}

#[::etiquette::instrument_task(
    name = "span",
    target = "target",
    level = debug,
    fields(n, plus = n + 1, text = ?n, dotted.name = %n, late = Empty),
    err(level = warn, Debug),
    ret(level = trace, Display)
)]
async fn full(mut n: Num) -> Answer {
    n += 1;
    ::core::result::Result::Ok(n)
}

#[::etiquette::instrument_task(ret(Debug))]
async fn plain_value() -> Num {
    3
}

#[::etiquette::instrument_task(fields(n))]
async fn never(n: &mut Num) -> ! {
    *n += 1;
    ::core::future::pending().await
}

fn poll<F: ::core::future::Future>(future: F) -> ::core::task::Poll<F::Output> {
    let mut cx = ::core::task::Context::from_waker(::core::task::Waker::noop());
    ::core::future::Future::poll(::core::pin::pin!(future), &mut cx)
}

#[::core::prelude::v1::test]
fn every_form_works() {
    use ::core::{result::Result, task::Poll};

    ::core::assert!(::core::matches!(poll(short(1)), Poll::Ready(Result::Ok(1))));
    ::core::assert!(::core::matches!(poll(short(0)), Poll::Ready(Result::Err(Failed))));
    ::core::assert!(::core::matches!(poll(full(1)), Poll::Ready(Result::Ok(2))));
    ::core::assert!(::core::matches!(poll(plain_value()), Poll::Ready(3)));
    let mut n = 0;
    ::core::assert!(::core::matches!(poll(never(&mut n)), Poll::Pending));
    ::core::assert_eq!(n, 1);
}
