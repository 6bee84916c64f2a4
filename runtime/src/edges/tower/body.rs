//! The answer's body: made in the scope of its request, which ends if it is not read to its end.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Buf;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::leave::Leave;

pin_project! {
    /// The body of the answers of [`InScope`](super::InScope).
    pub struct InScopeBody<B> {
        // Before the body: what is dropped with it finds the reason.
        leave: Leave,
        // How many bytes the head of the answer has announced, and are still to come. A server asks for no more.
        announced: Option<u64>,
        #[pin]
        body: B,
    }
}

impl<B: Body> InScopeBody<B> {
    pub(super) fn new(mut leave: Leave, announced: Option<u64>, body: B) -> Self {
        if announced == Some(0) || is_over(&body) {
            leave.set_done();
        }
        Self {
            leave,
            announced,
            body,
        }
    }
}

impl<B: Body> Body for InScopeBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let mut this = self.project();
        let scope = this.leave.scope().clone();
        let frame = ready!(scope.enter(|| this.body.as_mut().poll_frame(cx)));
        let is_last = match &frame {
            Some(Ok(frame)) => {
                if let (Some(left), Some(data)) = (this.announced.as_mut(), frame.data_ref()) {
                    *left = left.saturating_sub(data.remaining() as u64);
                }
                frame.is_trailers() || *this.announced == Some(0) || is_over(&*this.body)
            }
            // Broken off from this side.
            Some(Err(_)) | None => true,
        };
        if is_last {
            this.leave.set_done();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B: Default> Default for InScopeBody<B> {
    fn default() -> Self {
        Self {
            leave: Leave::done(),
            announced: None,
            body: B::default(),
        }
    }
}

impl<B: fmt::Debug> fmt::Debug for InScopeBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.body.fmt(f)
    }
}

/// Servers do not ask for a further frame of a body that says so.
fn is_over(body: &impl Body) -> bool {
    body.is_end_stream() || body.size_hint().exact() == Some(0)
}
