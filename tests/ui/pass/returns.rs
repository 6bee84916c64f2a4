//! The return types that need no word, and the words for all others.

#![deny(warnings)]

use etiquette::{Stopped, TimedOut, cancellable, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[derive(Debug, PartialEq, thiserror::Error)]
enum Error {
    #[error("stopped")]
    Stopped(#[from] Stopped),
    #[error("late")]
    Late,
}

#[cancellable]
async fn worker(token: CancellationToken) {
    token.cancelled().await;
}

#[with_timeout(1ms)]
async fn enumerated() -> Result<(), Error> {
    std::future::pending().await
}

#[with_timeout(1ms)]
async fn anyhow() -> anyhow::Result<()> {
    std::future::pending().await
}

#[with_timeout(1ms)]
async fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    std::future::pending().await
}

#[with_timeout(1ms)]
async fn io() -> std::io::Result<()> {
    std::future::pending().await
}

#[with_timeout(1ms, or_return = None)]
async fn option() -> Option<u8> {
    std::future::pending().await
}

#[with_timeout(1ms, error = |_: TimedOut| Error::Late)]
async fn mapped() -> Result<(), Error> {
    std::future::pending().await
}

#[with_timeout(1ms, or_return = ())]
async fn unit() {
    std::future::pending().await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let token = CancellationToken::new();
    token.cancel();
    worker(token).await;
    let stopped = enumerated().await.expect_err("it is pending");
    assert!(matches!(stopped, Error::Stopped(stop) if stop.is_timeout()));
    assert!(anyhow().await.expect_err("it is pending").is::<Stopped>());
    assert!(boxed().await.expect_err("it is pending").is::<Stopped>());
    assert_eq!(io().await.expect_err("it is pending").kind(), std::io::ErrorKind::TimedOut);
    assert_eq!(option().await, None);
    assert_eq!(mapped().await, Err(Error::Late));
    unit().await;
    assert_eq!(tokio::time::Instant::now().elapsed(), Duration::ZERO);
}
