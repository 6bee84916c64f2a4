//! Attributed functions inside each other (H123): the future of the outermost one stays under the default recursion
//! limit, is `Send` as a whole, and runs.
//!
//! rustc 1.95 follows `Send` through 33 plain functions, through 12 under `#[tracing::instrument]`, and through 5 whose
//! stack of layers is written by hand with Tokio. Ours go at least as deep, but for a hedge and a shield, which go nine
//! deep; the whole recommended stack, with its nine layers, goes four.

use crate::{Error, run, tick};
use tokio_util::sync::CancellationToken;

/// `outer` calls the next name, and so on; the last one only waits.
macro_rules! nest {
    ($(#[$attr:meta])* => $name:ident $next:ident $($rest:ident)*) => {
        $(#[$attr])*
        async fn $name(token: &CancellationToken, n: u32) -> Result<u32, Error> {
            tick().await;
            Ok($next(token, n).await? + 1)
        }
        nest!($(#[$attr])* => $next $($rest)*);
    };
    ($(#[$attr:meta])* => $name:ident) => {
        $(#[$attr])*
        async fn $name(token: &CancellationToken, n: u32) -> Result<u32, Error> {
            tick().await;
            assert!(!token.is_cancelled());
            Ok(n)
        }
    };
}

/// A module with one function for each name, each calling the next.
macro_rules! nested {
    ($module:ident $deep:literal $names:tt $(#[$attr:meta])*) => {
        mod $module {
            use super::*;

            nested!(@nest $names $(#[$attr])*);

            #[test]
            fn is_send_and_runs() {
                run(async {
                    let token = CancellationToken::new();
                    let task = tokio::spawn(async move { f1(&token, 1).await });
                    assert_eq!(task.await.unwrap().unwrap(), $deep);
                });
            }
        }
    };
    (@nest ($($name:ident)*) $(#[$attr:meta])*) => {
        nest!($(#[$attr])* => $($name)*);
    };
}

nested!(with_timeout 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::with_timeout(5s)]);
nested!(cancellable 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::cancellable]);
nested!(retry 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::retry]);
nested!(instrument_task 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::instrument_task]);
nested!(circuit_breaker 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::circuit_breaker]);
nested!(concurrency_limit 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12)
    #[etiquette::concurrency_limit(16, wait = 1s)]);
nested!(rate_limit 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12)
    #[etiquette::rate_limit(100, per = 1s, wait = 1s)]);
nested!(fallback 12 (f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12) #[etiquette::fallback(with = Err)]);
nested!(hedge 9 (f1 f2 f3 f4 f5 f6 f7 f8 f9) #[etiquette::hedge(after = 50ms)]);
nested!(stack 5 (f1 f2 f3 f4 f5)
    #[etiquette::instrument_task]
    #[etiquette::cancellable]
    #[etiquette::with_timeout(30s, total)]
    #[etiquette::retry]
    #[etiquette::with_timeout(5s, attempt)]
);
nested!(recommended 4 (f1 f2 f3 f4)
    #[etiquette::instrument_task]
    #[etiquette::cancellable]
    #[etiquette::fallback(with = Err)]
    #[etiquette::with_timeout(30s, total)]
    #[etiquette::retry]
    #[etiquette::circuit_breaker]
    #[etiquette::rate_limit(100, per = 1s)]
    #[etiquette::with_timeout(5s, attempt)]
    #[etiquette::concurrency_limit(16)]
);

/// A shielded call is a task, and carries its work until it is one.
mod shield {
    use super::*;

    macro_rules! tasks {
        ($name:ident $next:ident $($rest:ident)*) => {
            #[etiquette::shield]
            async fn $name(n: u32) -> Result<u32, Error> {
                tick().await;
                Ok($next(n).await? + 1)
            }
            tasks!($next $($rest)*);
        };
        ($name:ident) => {
            #[etiquette::shield]
            async fn $name(n: u32) -> Result<u32, Error> {
                tick().await;
                Ok(n)
            }
        };
    }
    tasks!(f1 f2 f3 f4 f5 f6 f7 f8 f9);

    #[test]
    fn is_send_and_runs() {
        run(async { assert_eq!(tokio::spawn(f1(1)).await.unwrap().unwrap(), 9) });
    }
}
