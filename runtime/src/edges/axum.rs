//! axum (feature `axum`): a handler may return a stop as it is.
//!
//! The answer is [`http::response`](crate::http::response): 504 for a timeout, 429 for a rate limit, 503 for every
//! other stop, with `Retry-After` where it is known; the [table](crate::http#what-a-stop-is) says why. The body is
//! empty, and the [`Stopped`] is among the extensions of the response.
//!
//! ```
//! use axum::{Router, response::IntoResponse, routing::get};
//! use etiquette::{Stopped, rate_limit, with_timeout};
//! use std::time::Duration;
//!
//! #[with_timeout(2s)]
//! #[rate_limit(100, per = 1s, wait = none)]
//! async fn price() -> Result<String, Stopped> {
//!     Ok("7".to_owned())
//! }
//!
//! let app: Router = Router::new().route("/price", get(price));
//!
//! let refused = Stopped::from(etiquette::AtCapacity::new("price", Duration::from_millis(1)));
//! let response = refused.into_response();
//! assert_eq!(response.status(), 503);
//! assert_eq!(response.headers()["retry-after"], "1");
//! ```
//!
//! An error type of your own hands its stops on: `Self::Stopped(stop) => stop.into_response()`.

use axum_core::response::{IntoResponse, Response};

use crate::Stopped;

/// The answer of [`http::response`](crate::http::response).
impl IntoResponse for Stopped {
    fn into_response(self) -> Response {
        crate::http::response(&self)
    }
}
