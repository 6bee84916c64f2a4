//! What is left: options that name `Self`, `#[track_caller]`, a `dyn` argument.

use crate::{Error, run, tick};
use async_trait::async_trait;
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

struct Job {
    calls: u32,
}

impl Job {
    const NAME: &'static str = "job";
    const ATTEMPTS: u32 = 3;
    const LIMIT: Duration = Duration::from_millis(10);

    fn is_busy(error: &Error) -> bool {
        matches!(error, Error::Busy)
    }

    // H14: `name` itself is a literal; see `ui/instrument_task/name-by-constant.rs`.
    #[instrument_task(fields(job = Self::NAME))]
    #[with_timeout(Self::LIMIT, total)]
    #[retry(attempts = Self::ATTEMPTS, constant(0s), when = Self::is_busy)]
    async fn associated(calls: &mut u32) -> Result<u32, Error> {
        *calls += 1;
        tick().await;
        if *calls < Self::ATTEMPTS {
            Err(Error::Busy)
        } else {
            Ok(*calls)
        }
    }
}

#[async_trait]
trait Boxed {
    const ATTEMPTS: u32;

    async fn associated(calls: &mut u32) -> Result<u32, Error>;
    async fn method(&mut self) -> Result<u32, Error>;

    #[retry(attempts = Self::ATTEMPTS, constant(0s))]
    async fn provided(calls: &mut u32) -> Result<u32, Error> {
        *calls += 1;
        Err(Error::Busy)
    }
}

#[async_trait]
impl Boxed for Job {
    const ATTEMPTS: u32 = 4;

    #[instrument_task(fields(job = Self::NAME))]
    #[with_timeout(Self::LIMIT, total)]
    #[retry(attempts = <Self as Boxed>::ATTEMPTS, constant(0s), when = |e| Self::is_busy(e))]
    async fn associated(calls: &mut u32) -> Result<u32, Error> {
        *calls += 1;
        tick().await;
        Err(Error::Busy)
    }

    #[retry(attempts = self.calls + Self::LIMIT.as_millis() as u32, constant(0s), when = |_| self.calls < 5)]
    async fn method(&mut self) -> Result<u32, Error> {
        self.calls += 1;
        tick().await;
        Err(Error::Busy)
    }
}

#[test]
fn options_see_self_the_type() {
    run(async {
        let mut calls = 0;
        assert_eq!(Job::associated(&mut calls).await.unwrap(), 3);
        let mut calls = 0;
        assert!(<Job as Boxed>::associated(&mut calls).await.is_err());
        assert_eq!(calls, 4);
        let mut calls = 0;
        assert!(Job::provided(&mut calls).await.is_err());
        assert_eq!(calls, 4);
        let mut job = Job { calls: 1 };
        assert!(job.method().await.is_err());
        assert_eq!(job.calls, 5);
    });
}

// H103: rustc's own warning about it, once, which fulfils the expectation.
#[expect(ungated_async_fn_track_caller)]
#[track_caller]
#[with_timeout(5s)]
async fn tracked() -> Result<u8, Error> {
    tick().await;
    Ok(1)
}

#[expect(ungated_async_fn_track_caller)]
#[retry(attempts = 2)]
#[track_caller]
async fn tracked_below() -> Result<u8, Error> {
    tick().await;
    Ok(2)
}

// H115
#[cancellable]
#[retry(attempts = 3, constant(0s))]
async fn next(d: &mut dyn Iterator<Item = u8>, token: &CancellationToken) -> Result<u8, Error> {
    tick().await;
    d.next()
        .filter(|n| *n > 1 && !token.is_cancelled())
        .ok_or(Error::Busy)
}

#[with_timeout(5s, or_return = None)]
async fn send(d: &mut (dyn Iterator<Item = u8> + Send)) -> Option<Result<u8, Error>> {
    tick().await;
    d.next().map(Ok)
}

#[test]
fn attributes_and_objects_pass_through() {
    fn is_send<T: Send>(t: T) -> T {
        t
    }
    run(async {
        assert_eq!(tracked().await.unwrap(), 1);
        assert_eq!(tracked_below().await.unwrap(), 2);
        let token = CancellationToken::new();
        assert_eq!(next(&mut [0, 1, 2].into_iter(), &token).await.unwrap(), 2);
        assert!(is_send(send(&mut [7].into_iter())).await.is_some());
    });
}
