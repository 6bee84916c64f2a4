//! tower (feature `tower`): a [`Scope`] for every HTTP or gRPC request.
//!
//! ```
//! use axum::{Router, routing::get};
//! use etiquette::{Scope, tower::ScopeLayer};
//! use std::time::Duration;
//!
//! let app: Router = Router::new()
//!     .route("/", get(async || format!("{:?} left", Scope::current().remaining())))
//!     .layer(ScopeLayer::new().limit(Duration::from_secs(30)));
//! ```
//!
//! Under tonic it goes to `Server::builder().layer(ScopeLayer::new())`.
//!
//! # What a request's scope does
//!
//! * Its deadline is what the request's `grpc-timeout`, or [the header you name](ScopeLayer::header), leaves
//!   of [your own limit](ScopeLayer::limit): the shorter of the two. The handler and all it calls see it through
//!   [`Scope::current`]; `forward_deadline` of the `reqwest` and `tonic` features hands the rest of it on.
//! * At the deadline the handler is dropped where it stands, and the layer answers: 504, or to gRPC
//!   `DEADLINE_EXCEEDED`.
//! * When the client goes away, the server drops the handler, and the scope is cancelled with the reason
//!   `the client went away`: what the handler has spawned through [`Tasks`](crate::Tasks) hears of it too, and every
//!   `#[cancellable(Scope::current())]`. That holds until the last byte of the answer is out, so it ends what feeds
//!   a stream of events.
//! * When the scope is cancelled by anybody else, as by a parent it [is within](ScopeLayer::within), the handler is
//!   dropped, and the answer is 503, or `CANCELLED`.
//! * An answer that is complete cancels nothing: what was spawned may go on, and keeps the deadline.
//!
//! The handler finds its scope in the extensions of the request, too: axum's `Extension<Scope>`.
//!
//! # Limits
//!
//! The deadline ends the handler, not a body that it has returned: whoever makes that sees the deadline as it
//! makes it. A request whose header is not written as it should be has no deadline of its own. That the client is gone
//! is known when the server drops the handler: hyper does when the connection is closed or the stream is reset.
//!
//! tonic's server has a timeout of its own by the same header and answers `CANCELLED` at the same time: which of the
//! two is first is not said. Per request this costs a few allocations and, with a deadline, a timer.

mod answer;
mod body;
mod future;
mod leave;

use std::task::{Context, Poll};

use ::http::{Method, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use self::leave::Leave;
pub use self::{body::InScopeBody, future::InScopeFuture};
use crate::{Limit, Scope, http::TimeoutHeader};

/// Opens a [`Scope`] for every request. What that does is on the page of the [module](self).
///
/// ```
/// use etiquette::{Scope, http::TimeoutHeader, tower::ScopeLayer};
/// use http::HeaderName;
/// use std::time::Duration;
///
/// // Cancelled when the server closes: every request hears of it.
/// let closing = Scope::new();
/// let envoy = HeaderName::from_static("x-envoy-expected-rq-timeout-ms");
/// let layer = ScopeLayer::new()
///     .header(TimeoutHeader::millis(envoy))
///     .limit(Duration::from_secs(30))
///     .within(closing.clone());
/// # drop(layer);
/// ```
#[derive(Clone, Debug)]
pub struct ScopeLayer {
    header: Option<TimeoutHeader>,
    limit: Limit,
    parent: Option<Scope>,
}

impl ScopeLayer {
    /// Obeys `grpc-timeout`, and has no limit of its own.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            header: Some(TimeoutHeader::grpc()),
            limit: Limit::NEVER,
            parent: None,
        }
    }

    /// Reads this header in place of `grpc-timeout`; none with `None`, for clients that are not to be obeyed.
    #[must_use]
    pub fn header(mut self, header: impl Into<Option<TimeoutHeader>>) -> Self {
        self.header = header.into();
        self
    }

    /// The most that a request may take, whatever the client allows. Default: no limit.
    #[must_use]
    pub fn limit(mut self, limit: impl Into<Limit>) -> Self {
        self.limit = limit.into();
        self
    }

    /// Every request's scope is a child of this one, and ends with it. Default: a child of the scope that the service
    /// is called in, which servers call outside of any.
    #[must_use]
    pub fn within(mut self, parent: Scope) -> Self {
        self.parent = Some(parent);
        self
    }

    fn open<B>(&self, request: &Request<B>) -> Scope {
        let header = self.header.as_ref();
        let parent = self.parent.clone().unwrap_or_else(Scope::current);
        parent
            .child()
            .with_timeout(self.limit)
            .with_timeout(header.and_then(|header| header.read(request.headers())))
    }
}

impl Default for ScopeLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for ScopeLayer {
    type Service = InScope<S>;

    fn layer(&self, inner: S) -> InScope<S> {
        InScope {
            inner,
            layer: self.clone(),
        }
    }
}

/// A service each of whose requests has a [`Scope`]: what [`ScopeLayer`] makes.
#[derive(Clone, Debug)]
pub struct InScope<S> {
    inner: S,
    layer: ScopeLayer,
}

impl<S, Q, B> Service<Request<Q>> for InScope<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: ::http_body::Body + Default,
{
    type Response = Response<InScopeBody<B>>;
    type Error = S::Error;
    type Future = InScopeFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Q>) -> Self::Future {
        let scope = self.layer.open(&request);
        let grpc_type = answer::grpc_type(&request);
        let is_head = request.method() == Method::HEAD;
        request.extensions_mut().insert(scope.clone());
        // A service may begin its work here already.
        let work = scope.enter(|| self.inner.call(request));
        InScopeFuture::new(Leave::new(scope), work, grpc_type, is_head)
    }
}
