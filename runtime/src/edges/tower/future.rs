//! A request from its first poll to its answer.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use ::http::{HeaderValue, Response, StatusCode, header::CONTENT_LENGTH};
use http_body::Body;
use pin_project_lite::pin_project;
use tokio_util::sync::WaitForCancellationFutureOwned;

use super::{answer, body::InScopeBody, leave::Leave};
use crate::{
    Cancelled, Deadline, Provide, Stopped, TimeoutKind,
    cancel::{Cancellable, On, cancellable_on},
    timeout::{Timeout, with_timeout},
};

/// What an answer given in the handler's place calls it.
const OPERATION: &str = "request";

pin_project! {
    /// The future of [`InScope`](super::InScope).
    #[must_use = "futures do nothing unless polled"]
    pub struct InScopeFuture<F> {
        // Before the work: what is dropped with it finds the reason.
        leave: Option<Leave>,
        grpc_type: Option<HeaderValue>,
        is_head: bool,
        #[pin]
        work: Cancellable<On<WaitForCancellationFutureOwned>, Timeout<Deadline, Provide<F>>>,
    }
}

impl<F: Future> InScopeFuture<F> {
    pub(super) fn new(leave: Leave, work: F, grpc_type: Option<HeaderValue>, is_head: bool) -> Self {
        let scope = leave.scope();
        let deadline = Deadline::from(scope.deadline());
        let work = with_timeout(deadline, scope.provide(work));
        Self {
            work: cancellable_on(scope.token().cancelled_owned(), work),
            leave: Some(leave),
            grpc_type,
            is_head,
        }
    }
}

impl<F, B, E> Future for InScopeFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body + Default,
{
    type Output = Result<Response<InScopeBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let ended = ready!(this.work.poll(cx));
        let mut leave = this.leave.take().unwrap_or(Leave::done());
        let stop = match ended {
            Ok(Ok(Ok(response))) => {
                if *this.is_head || has_no_body(response.status()) {
                    leave.set_done();
                }
                let announced = announced(&response);
                return Poll::Ready(Ok(response.map(|body| InScopeBody::new(leave, announced, body))));
            }
            // The service has failed; the client is still there.
            Ok(Ok(Err(error))) => {
                leave.set_done();
                return Poll::Ready(Err(error));
            }
            Ok(Err(elapsed)) => Stopped::from(elapsed.of(OPERATION, TimeoutKind::Inherited, 1)),
            Err(_) => Stopped::from(Cancelled {
                operation: OPERATION,
                reason: leave.scope().reason(),
            }),
        };
        // Dropping `leave` tells those who know the scope by its token only.
        drop(leave);
        let response = answer::to(&stop, this.grpc_type.take());
        Poll::Ready(Ok(
            response.map(|body| InScopeBody::new(Leave::done(), None, body))
        ))
    }
}

/// The length that the head says the body has.
fn announced<B>(response: &Response<B>) -> Option<u64> {
    response
        .headers()
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// Servers do not read on.
fn has_no_body(status: StatusCode) -> bool {
    status.is_informational() || status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED
}
