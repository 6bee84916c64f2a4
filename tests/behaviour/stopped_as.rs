//! `Stopped` as whatever error a function has: one conversion for every layer.

use crate::support::pending;
use etiquette::{Stopped, cancellable, with_timeout};
use std::error::Error as StdError;
use std::io;
use tokio_util::sync::CancellationToken;

#[derive(Debug, thiserror::Error)]
enum Plain {
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

/// The same two functions with each kind of error.
macro_rules! stopped_as {
    ($error:ty) => {{
        #[with_timeout(5ms)]
        async fn times_out() -> Result<u32, $error> {
            pending().await
        }
        #[cancellable]
        async fn is_cancelled(token: CancellationToken) -> Result<u32, $error> {
            pending().await
        }
        let token = CancellationToken::new();
        token.cancel();
        (
            times_out().await.unwrap_err(),
            is_cancelled(token).await.unwrap_err(),
        )
    }};
}

#[tokio::test(start_paused = true)]
async fn a_thiserror_enum_takes_it_and_keeps_it_as_the_source() {
    let (timed_out, cancelled) = stopped_as!(Plain);
    let Plain::Stopped(inside) = &timed_out;
    assert!(inside.is_timeout());
    let source = timed_out.source().unwrap().downcast_ref::<Stopped>();
    assert_eq!(source, Some(inside));
    assert!(
        cancelled
            .source()
            .unwrap()
            .downcast_ref::<Stopped>()
            .unwrap()
            .is_cancelled()
    );
}

#[tokio::test(start_paused = true)]
async fn anyhow_takes_it_and_downcasts() {
    let (timed_out, cancelled) = stopped_as!(anyhow::Error);
    assert!(timed_out.downcast_ref::<Stopped>().unwrap().is_timeout());
    assert_eq!(timed_out.to_string(), "times_out timed out after 5ms");
    let cancelled = cancelled.context("sync");
    assert!(cancelled.downcast::<Stopped>().unwrap().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_boxed_error_takes_it_and_downcasts() {
    let (timed_out, cancelled) = stopped_as!(Box<dyn StdError + Send + Sync>);
    assert!(timed_out.downcast_ref::<Stopped>().unwrap().is_timeout());
    assert!(cancelled.downcast::<Stopped>().unwrap().is_cancelled());
    let (timed_out, cancelled) = stopped_as!(Box<dyn StdError>);
    assert!(timed_out.downcast::<Stopped>().unwrap().is_timeout());
    assert!(cancelled.downcast::<Stopped>().unwrap().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn an_io_error_takes_it_by_kind_and_downcasts() {
    let (timed_out, cancelled) = stopped_as!(io::Error);
    assert_eq!(timed_out.kind(), io::ErrorKind::TimedOut);
    assert_eq!(cancelled.kind(), io::ErrorKind::Other);
    let inside = timed_out.get_ref().unwrap().downcast_ref::<Stopped>().unwrap();
    assert!(inside.is_timeout());
    assert!(cancelled.downcast::<Stopped>().unwrap().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_function_may_return_stopped_itself() {
    let (timed_out, cancelled) = stopped_as!(Stopped);
    assert!(timed_out.is_timeout() && cancelled.is_cancelled());
}
