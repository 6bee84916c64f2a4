//! Functions that write out the future they return.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::pin::Pin;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

// H110
#[with_timeout(5s)]
fn with_setup(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>> {
    let m = n + 1;
    Box::pin(async move {
        tick().await;
        Ok(m)
    })
}

#[retry(attempts = 3, constant(0s))]
fn retried<'a>(calls: &'a mut u32, s: String) -> BoxFuture<'a, Result<usize, Error>> {
    Box::pin(async move {
        *calls += 1;
        tick().await;
        if *calls < 3 {
            return Err(Error::Busy);
        }
        Ok(s.len())
    })
}

// H111
#[with_timeout(5s)]
fn async_block(n: u8) -> impl Future<Output = Result<u8, Error>> {
    async move {
        tick().await;
        Ok(n)
    }
}

#[instrument_task(fields(n))]
#[cancellable]
fn stops(token: CancellationToken, n: u8) -> impl Future<Output = Result<u8, Error>> {
    async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(n)
    }
}

#[test]
fn written_out_futures() {
    run(async {
        assert_eq!(with_setup(3).await.unwrap(), 4);
        let mut calls = 0;
        assert_eq!(retried(&mut calls, "ab".into()).await.unwrap(), 2);
        assert_eq!(calls, 3);
        assert_eq!(async_block(3).await.unwrap(), 3);
        let token = CancellationToken::new();
        assert_eq!(stops(token.clone(), 3).await.unwrap(), 3);
        token.cancel();
        assert!(matches!(stops(token, 3).await, Err(Error::Stopped(stop)) if stop.is_cancelled()));
    });
}
