//! The layer that does not block the line: the body runs on a thread for such work.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::task::{JoinHandle, spawn_blocking};

use crate::{ConcurrencyLimit, shield::finished};

/// `#[blocking]`: runs `body` on a thread on which it may block.
///
/// Dropping the future does not interrupt a body that has begun; one that has not will not begin. Its
/// slot is free when the body is done, not when its caller is.
#[doc(hidden)]
pub fn blocking<T, F>(limit: Option<&'static ConcurrencyLimit>, body: F) -> impl Future<Output = T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let begin = move |slot| {
        #[cfg(feature = "tracing")]
        let span = tracing::Span::current();
        Begun(spawn_blocking(move || {
            let _slot = slot;
            #[cfg(feature = "tracing")]
            let _inside = span.enter();
            body()
        }))
    };
    // Not an `async fn`: that would hold the body twice.
    async move {
        let slot = match limit {
            Some(limit) => Some(limit.acquire().await),
            None => None,
        };
        begin(slot).await
    }
}

/// What stands before `body` where tests can have something done in its place: nothing, without the feature for it.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[inline]
pub fn met<F: Future>(_: (), body: F) -> F {
    body
}
#[cfg(feature = "test-util")]
pub use crate::testing::met;

/// Work that was handed to a thread.
struct Begun<T>(JoinHandle<T>);

impl<T> Future for Begun<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        Pin::new(&mut self.0).poll(cx).map(finished)
    }
}

impl<T> Drop for Begun<T> {
    fn drop(&mut self) {
        // Has no effect on a body that has begun.
        self.0.abort();
    }
}

#[cfg(test)]
mod tests;
