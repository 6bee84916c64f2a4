//! `etiquette::prelude`, imported whole beside everything of Tokio's and futures' that is likely to be: each name in it
//! can be used, and what needs no import is still what it was.

#![allow(clippy::wildcard_imports, unused_imports, reason = "that is the point")]

use crate::support::ms;
use etiquette::prelude::*;
use futures_util::{future::*, stream::*};
use tokio::{signal::*, sync::*, task::*, time::*};

#[derive(Debug, PartialEq, thiserror::Error, Classify)]
enum Error {
    #[error("busy")]
    #[transient]
    Busy,
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

#[instrument_task]
#[cancellable]
#[fallback(Ok(0), when = |error| *error == Error::Busy)]
#[with_timeout(30s, total)]
#[retry(attempts = 2, constant(1ms))]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(5s, attempt)]
#[concurrency_limit(16)]
async fn all_in_one(token: &CancellationToken, answer: Option<u32>) -> Result<u32, Error> {
    answer.ok_or(Error::Busy)
}

#[hedge(after = 50ms)]
async fn hedged() -> Result<u32, Error> {
    Ok(7)
}

#[shield]
async fn shielded() -> u32 {
    7
}

#[blocking]
async fn on_a_thread() -> u32 {
    7
}

#[defaults(with_timeout(1s))]
mod inside {
    pub(super) async fn too_long() -> Result<(), super::Stopped> {
        std::future::pending().await
    }
}

#[etiquette::test(paused)]
async fn each_attribute_is_there() {
    let token = CancellationToken::new();
    assert_eq!(all_in_one(&token, Some(7)).await, Ok(7));
    assert_eq!(all_in_one(&token, None).await, Ok(0));
    assert_eq!(hedged().await, Ok(7));
    assert_eq!(shielded().await, 7);
    assert_eq!(on_a_thread().await, 7);
    assert!(inside::too_long().await.unwrap_err().is_timeout());
    let block = retrying!(attempts = 2, constant(1ms), async { Err::<(), _>(Error::Busy) });
    assert_eq!(block.await, Err(Error::Busy));
    token.cancel();
    assert!(matches!(all_in_one(&token, Some(7)).await, Err(Error::Stopped(stop)) if stop.is_cancelled()));
}

#[etiquette::test(paused)]
async fn so_is_what_stands_beside_them(tasks: Tasks) {
    let stop: Stopped = std::future::pending::<()>()
        .with_timeout(ms(1))
        .await
        .unwrap_err();
    assert_eq!(stop.class(), Class::Transient);
    let scope = Scope::new();
    scope.cancel("enough");
    assert!(
        std::future::pending::<()>()
            .or_cancelled(&scope)
            .await
            .unwrap_err()
            .is_cancelled()
    );
    assert_eq!(shield(ready(7)).await, 7);
    let seven: TaskHandle<u32> = tasks.spawn("seven", ready(7));
    assert_eq!(seven.await.unwrap(), 7);
    let rounds = tasks.every("rounds", Every::new(ms(1)), || ready(()));
    detach(rounds, "ends with the test");
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
}

// A glob import goes before the standard prelude: had it a `test`, this one would have to be async.
#[test]
fn the_standard_prelude_is_what_it_was() {
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    struct Plain(u8);

    fn all<T: Clone + Copy + Send + Sync + Unpin + Sized + Default + PartialOrd + Ord + Eq>(value: T) -> T {
        drop(Vec::from([value]));
        T::default().max(value)
    }

    let made: Vec<String> = Option::Some(all(Plain(1)))
        .into_iter()
        .map(|plain| format!("{plain:?}"))
        .collect();
    let boxed: Box<[String]> = made.into();
    let text: Result<&str, std::convert::Infallible> = Ok(boxed[0].as_ref());
    assert_eq!(text, Ok("Plain(1)"));
    assert!(matches!(u8::try_from(7_u32), Ok(7)) && None::<u8>.is_none() && Err::<(), _>(()).is_err());
    let _: ToOwnedOf = "a".to_owned();
    debug_assert_ne!(vec![1], [2]);
    println!("{}{}{}", concat!("a", "b"), stringify!(c), line!());
}

type ToOwnedOf = String;
