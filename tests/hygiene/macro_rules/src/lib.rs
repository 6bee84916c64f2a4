//! Functions and attributes that come out of `macro_rules!`, in every way that takes hygiene apart (H131 to H134).

#![deny(warnings)]
#![cfg(test)]

use etiquette::{cancellable, instrument_task, retry, with_timeout, Stopped, TimedOut};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tokio_util::sync::CancellationToken;

mod layers;

type Answer = Result<u32, Stopped>;

fn busy() -> Stopped {
    TimedOut::new("busy", None).into()
}

// H131: the attribute and the signature are the macro's, the body is the caller's.
macro_rules! body_of_the_caller {
    ($name:ident $token:ident $body:block) => {
        #[instrument_task]
        #[cancellable]
        #[with_timeout(30s, total)]
        #[retry(attempts = 3, constant(0s), when = any, attempt = at)]
        #[with_timeout(5s, attempt)]
        async fn $name($token: CancellationToken) -> Answer $body
    };
}
body_of_the_caller!(callers_body token {
    let _child = token.child_token();
    if at.is_last { Ok(at.number) } else { Err(busy()) }
});

// The same with a body of raw tokens, whose braces are the macro's.
macro_rules! statements_of_the_caller {
    ($name:ident { $($body:tt)* }) => {
        #[retry(attempts = 2, constant(0s), when = any)]
        #[with_timeout(5s, attempt)]
        async fn $name(count: &mut u32) -> Answer { *count += 1; $($body)* }
    };
}
statements_of_the_caller!(callers_statements {
    let own = 2;
    if own == 2 { Ok(own) } else { Err(busy()) }
});

// The attribute is the caller's, the function the macro's.
macro_rules! attribute_of_the_caller {
    ($(#[$m:meta])* $name:ident $n:ident) => {
        $(#[$m])*
        async fn $name($n: u32, token: &CancellationToken) -> Answer {
            if token.is_cancelled() { Err(busy()) } else { Ok($n) }
        }
    };
}
attribute_of_the_caller!(#[cancellable] #[retry(attempts = 2, clone(n))] callers_attribute n);

// H132: only the `#` is the macro's.
macro_rules! passed_on {
    ($(#[$m:meta])* $v:vis async fn $($rest:tt)*) => { $(#[$m])* $v async fn $($rest)* };
}
passed_on! {
    #[instrument_task(fields(n))]
    #[cancellable(token)]
    #[retry(attempts = 3, constant(0s), when = |_| true, attempt = at, clone(n))]
    pub(crate) async fn only_the_hash(token: CancellationToken, n: u32) -> Answer {
        let _child = token.child_token();
        if at.is_last { Ok(n) } else { Err(busy()) }
    }
}

// The attribute's arguments are the caller's, one by one.
macro_rules! arguments_of_the_caller {
    ($name:ident, $limit:expr, $attempts:literal, $when:expr, $at:ident, $key:ident = $value:tt) => {
        #[with_timeout($limit, total)]
        #[retry(attempts = $attempts, constant(0s), when = $when, attempt = $at, $key = $value)]
        async fn $name() -> Answer {
            if $at.is_last {
                Ok($at.number)
            } else {
                Err(busy())
            }
        }
    };
}
arguments_of_the_caller!(
    callers_arguments,
    std::time::Duration::from_secs(5),
    4,
    |_| true,
    which,
    jitter = none
);

macro_rules! literals {
    ($name:ident $total:expr, $attempt:literal, $delay:tt) => {
        #[with_timeout($total, total)]
        #[retry(attempts = 2, constant($delay), jitter = none)]
        #[with_timeout($attempt, attempt)]
        async fn $name() -> Answer {
            Ok(5)
        }
    };
}
literals!(callers_literals 1m30s, 2s, 10ms);

// H133: every part is a fragment, and so is the whole.
macro_rules! fragments {
    ($v:vis $a:ident $name:ident($p:ident: $t:ty) -> $ret:ty $b:block) => {
        #[instrument_task]
        #[with_timeout(5s)]
        $v $a fn $name($p: $t) -> $ret $b
    };
}
fragments!(pub(crate) async fragments_as_groups(n: u32) -> Result<u32, Stopped> { Ok(n) });

macro_rules! whole_item {
    ($item:item) => {
        #[with_timeout(5s)]
        $item
    };
}
whole_item! {
    async fn as_an_item(n: u32) -> Answer { Ok(n) }
}

macro_rules! cloned_whole_item {
    ($item:item) => {
        #[retry(attempts = 2, constant(0s), when = any, clone(list))]
        $item
    };
}
cloned_whole_item! {
    async fn as_an_item_with_clones(list: Vec<u32>, count: &mut u32) -> Answer {
        *count += 1;
        let moved = list;
        if *count > 1 { Ok(moved[0]) } else { Err(busy()) }
    }
}

macro_rules! never {
    ($ret:ty) => {
        #[instrument_task]
        async fn never(count: &mut u32) -> $ret {
            *count += 1;
            std::future::pending().await
        }
    };
}
never!(!);

// H134: the receiver is an identifier.
macro_rules! method {
    ($(#[$m:meta])* |$($s:ident)+| $body:expr) => {
        $(#[$m])*
        #[with_timeout(5s)]
        async fn method(&$($s)+) -> Answer { $body }
    };
}

macro_rules! implementation {
    ($ty:ty { $($method:item)* }) => { impl $ty { $($method)* } };
}

struct Service {
    token: CancellationToken,
    value: u32,
}

impl Service {
    method!(
        #[instrument_task(fields(value = self.value))]
        #[cancellable(self.token)]
        |self| Ok(self.value)
    );
}

implementation!(Service {
    #[cancellable(self.token)]
    #[retry(attempts = self.value, when = |_| self.value > 0, constant(0s))]
    async fn among_items(&mut self) -> Answer {
        self.value -= 1;
        if self.value == 0 { Ok(9) } else { Err(busy()) }
    }
});

// A macro that makes the macro.
macro_rules! twice {
    ($d:tt $name:ident) => {
        macro_rules! $name {
                    ($d($d body:tt)*) => {
                        #[retry(attempts = 2, constant(0s), when = any, attempt = at)]
                        async fn $name() -> Answer { $d($d body)* }
                    };
                }
    };
}
twice!($ nested);
nested!(if at.is_last { Ok(at.number) } else { Err(busy()) });

// The other macros, from a macro.
macro_rules! by_hand {
    ($attempts:expr, $name:ident, $body:block) => {
        etiquette::retrying!(attempts = $attempts, constant(0s), when = any, attempt = $name, async $body)
    };
}

macro_rules! error {
    ($name:ident { $($variant:ident),* }) => {
        #[derive(Debug, etiquette::Classify)]
        enum $name { $( #[transient] $variant, )* }
    };
}
error!(Made { One, Two });

fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..99 {
        if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
            return out;
        }
    }
    panic!("still pending")
}

#[test]
fn macros_may_write_it() {
    let token = CancellationToken::new();
    assert_eq!(now(callers_body(token.clone())), Ok(3));
    let mut count = 0;
    assert_eq!(now(callers_statements(&mut count)), Ok(2));
    assert_eq!(now(callers_attribute(3, &token)), Ok(3));
    assert_eq!(now(only_the_hash(token.clone(), 4)), Ok(4));
    assert_eq!(now(callers_arguments()), Ok(4));
    assert_eq!(now(callers_literals()), Ok(5));
    assert_eq!(now(fragments_as_groups(5)), Ok(5));
    assert_eq!(now(as_an_item(6)), Ok(6));
    assert_eq!(now(as_an_item_with_clones(vec![7], &mut 0)), Ok(7));
    let mut count = 0;
    let mut cx = Context::from_waker(Waker::noop());
    assert!(pin!(never(&mut count)).poll(&mut cx).is_pending());
    let mut service = Service { token, value: 3 };
    assert_eq!(now(service.method()), Ok(3));
    assert_eq!(now(service.among_items()), Ok(9));
    assert_eq!(now(nested()), Ok(2));
    let hand: Answer = now(by_hand!(1 + 2, at, {
        if at.is_last {
            Ok(at.number)
        } else {
            Err(busy())
        }
    }));
    assert_eq!(hand, Ok(3));
    let classes = [Made::One, Made::Two].map(|made| etiquette::Classify::class(&made));
    assert_eq!(classes, [etiquette::Class::Transient; 2]);
}
