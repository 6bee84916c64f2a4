//! reqwest (feature `reqwest`): what its errors mean for another try, answers checked without losing their
//! `Retry-After`, and the deadline written into requests.
//!
//! | error | class |
//! |---|---|
//! | no connection: refused, no such host, no route, TLS, `connect_timeout` | [`NotSent`](crate::Class::NotSent) |
//! | a timeout of the request or of the answer's body | [`Transient`](crate::Class::Transient) |
//! | a connection that broke, while sending or in the middle of the answer | `Transient` |
//! | a [`Stopped`](crate::Stopped) out of the request's own body | what that is |
//! | a status, through `error_for_status` | as in the table of [`http`](crate::http#what-a-status-means) without `Retry-After`, which reqwest has dropped: [`checked`](ResponseExt::checked) keeps it |
//! | an answer that is not what was to be decoded; a redirect, an upgrade, a request that could not be built | [`Permanent`](crate::Class::Permanent) |
//!
//! ```
//! use etiquette::{reqwest::{Error, RequestExt, ResponseExt}, retry, with_timeout};
//!
//! #[with_timeout(5s, total, inherit)]
//! #[retry]
//! async fn price(http: &reqwest::Client, url: &str) -> Result<String, Error> {
//!     let response = http.get(url).forward_deadline().send().await?.checked()?;
//!     Ok(response.text().await?)
//! }
//! # use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
//! # use axum::{Router, http::HeaderMap, response::IntoResponse, routing::get};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # static CALLS: AtomicU32 = AtomicU32::new(0);
//! # let app = Router::new().route("/", get(|headers: HeaderMap| async move {
//! #     assert!(headers.contains_key("grpc-timeout"));
//! #     match CALLS.fetch_add(1, Relaxed) {
//! #         0 => (axum::http::StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "0")]).into_response(),
//! #         _ => "7".into_response(),
//! #     }
//! # }));
//! # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! # let url = format!("http://{}/", listener.local_addr()?);
//! # tokio::spawn(async move { axum::serve(listener, app).await });
//! // The server answers 503 with `Retry-After: 0`, and then 200.
//! assert_eq!(price(&reqwest::Client::new(), &url).await?, "7");
//! # Ok(())
//! # }
//! ```
//!
//! # Limits
//!
//! The class says what happened to the request, not whether it may be made twice: `#[retry(when = not_sent)]` is for
//! what must not. A certificate that is refused is `NotSent` as well, as reqwest does not tell it from other connections
//! that could not be made. A connection that breaks before the first byte of the answer is `Transient`: the server may
//! have done the work. Nor does the class know of an answer that was followed: where the host that a redirect names cannot
//! be reached, that is `NotSent`, though the first request was. A client whose writes are retried under `not_sent` has
//! `redirect::Policy::none()`.

mod classify;
mod error;

use ::reqwest::{RequestBuilder, Response, header::HeaderMap};

pub use self::error::{Error, StatusError};
use crate::{
    Scope,
    http::{TimeoutHeader, retry_after},
};

/// Answers that are what was asked for, or an error.
pub trait ResponseExt: Sized {
    /// The answer, or for a status from 400 on an error that knows the status and for how long the server asks to be
    /// left alone.
    ///
    /// As `error_for_status`, which drops the headers and with them the `Retry-After`.
    ///
    /// ```
    /// use etiquette::reqwest::ResponseExt;
    /// use std::time::Duration;
    ///
    /// # fn answer() -> Result<reqwest::Response, http::Error> {
    /// #     let answer = http::Response::builder().status(429).header("retry-after", "7");
    /// #     Ok(answer.body("")?.into())
    /// # }
    /// // Says 429, and `Retry-After: 7`.
    /// let error = answer()?.checked().unwrap_err();
    /// assert_eq!(error.status, 429);
    /// assert_eq!(error.retry_after, Some(Duration::from_secs(7)));
    /// # Ok::<(), http::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`StatusError`] for every 4xx and 5xx. What the body says is dropped with the answer.
    fn checked(self) -> Result<Self, StatusError>;
}

impl ResponseExt for Response {
    fn checked(self) -> Result<Self, StatusError> {
        let status = self.status();
        match status.is_client_error() || status.is_server_error() {
            true => Err(StatusError::new(status, retry_after(self.headers()))),
            false => Ok(self),
        }
    }
}

/// Requests that say how much time is left.
///
/// The deadline is that of the current [`Scope`], which `#[with_timeout(…, inherit)]`, [`Scope::run`] and the
/// layer of the `tower` feature set. Without one the request stays as it is. The header only tells the server: to stop
/// waiting for it is the scope's business.
///
/// ```
/// use etiquette::{Scope, http::TimeoutHeader, reqwest::RequestExt};
/// use reqwest::{Client, header::HeaderName};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), reqwest::Error> {
/// let header = TimeoutHeader::millis(HeaderName::from_static("x-envoy-expected-rq-timeout-ms"));
/// let scope = Scope::new().with_timeout(Duration::from_secs(2));
/// let request = scope.provide(async {
///     let request = Client::new().get("http://users/7");
///     request.forward_deadline().forward_deadline_in(&header).build()
/// });
/// let request = request.await?;
/// assert_eq!(request.headers()["grpc-timeout"], "2000000u");
/// assert_eq!(request.headers()["x-envoy-expected-rq-timeout-ms"], "2000");
/// # Ok(())
/// # }
/// ```
pub trait RequestExt: Sized {
    /// Writes what is left until the deadline into `grpc-timeout`, which the layer of the `tower` feature
    /// reads, in place of what it said before.
    #[must_use = "the header is in the request that is returned"]
    fn forward_deadline(self) -> Self {
        self.forward_deadline_in(&TimeoutHeader::grpc())
    }

    /// The same in a header of your choice.
    #[must_use = "the header is in the request that is returned"]
    fn forward_deadline_in(self, header: &TimeoutHeader) -> Self;
}

impl RequestExt for RequestBuilder {
    fn forward_deadline_in(self, header: &TimeoutHeader) -> Self {
        let Some(remaining) = Scope::current().remaining() else {
            return self;
        };
        let mut headers = HeaderMap::with_capacity(1);
        header.write(remaining, &mut headers);
        self.headers(headers)
    }
}
