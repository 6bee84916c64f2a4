//! HTTP, whoever speaks it (feature `http`): what a stop is as a status code, what a status code means for another
//! try, `Retry-After` read and written, and the headers that carry how much time is left.
//!
//! # What a stop is
//!
//! | stopped | status | `Retry-After` | because |
//! |---|---|---|---|
//! | [`TimedOut`](crate::TimedOut) | 504 Gateway Timeout | | what this server waited for did not come in time (RFC 9110, 15.6.5); 408 would blame the client |
//! | [`Cancelled`](crate::Cancelled) | 503 Service Unavailable | | a client that still listens was not the one who left: the server is closing (RFC 9110, 15.6.4), and another may take the request |
//! | [`CircuitOpen`](crate::CircuitOpen), [`AtCapacity`](crate::AtCapacity) | 503 Service Unavailable | where known | a temporary overload (RFC 9110, 15.6.4) |
//! | [`RateLimited`](crate::RateLimited) | 429 Too Many Requests | where known | RFC 6585, 4 |
//!
//! ```
//! use etiquette::{RateLimited, Stopped, TimedOut};
//! use http::{Response, StatusCode};
//! use std::time::Duration;
//!
//! let stop = Stopped::from(TimedOut::new("app::fetch_user", Duration::from_secs(5)));
//! assert_eq!(StatusCode::from(stop), StatusCode::GATEWAY_TIMEOUT);
//!
//! let stop = Stopped::from(RateLimited::new("app::fetch_user", Duration::from_millis(1200)));
//! let response: Response<String> = etiquette::http::response(&stop);
//! assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
//! assert_eq!(response.headers()["retry-after"], "2");
//! ```
//!
//! # What a status means
//!
//! | status | class |
//! |---|---|
//! | 408, 425, 429, 500, 502, 503, 504 | [`TransientAfter`](Class::TransientAfter) what `Retry-After` says, [`Transient`](Class::Transient) without it |
//! | 413 (RFC 9110, 15.5.14) | `TransientAfter` with a `Retry-After`, [`Permanent`](Class::Permanent) without it |
//! | every other | `Permanent` |
//!
//! Whether the request may be made twice is not asked here: a server that answers 500 may have done the work. For what
//! must not be done twice there is `#[retry(when = not_sent)]`, which no status passes.

mod retry_after;
mod timeout_header;

use std::time::Duration;

use ::http::{HeaderMap, Response, StatusCode, header::RETRY_AFTER};

#[cfg(feature = "tonic")]
pub(super) use self::timeout_header::{from_grpc, to_grpc};
pub use self::{retry_after::retry_after, timeout_header::TimeoutHeader};
use crate::{Class, Stopped};

/// The status of the [table](self#what-a-stop-is).
impl From<Stopped> for StatusCode {
    fn from(stop: Stopped) -> Self {
        status(&stop)
    }
}

fn status(stop: &Stopped) -> StatusCode {
    match stop {
        Stopped::TimedOut(_) => StatusCode::GATEWAY_TIMEOUT,
        Stopped::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
        Stopped::Cancelled(_) | Stopped::CircuitOpen(_) | Stopped::AtCapacity(_) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// The answer to a call that was stopped: the status of the [table](self#what-a-stop-is), and `Retry-After` in
/// whole seconds, rounded up, where it is known.
///
/// The body is empty: what the stopped function is called is nobody's business outside. The [`Stopped`] itself is among
/// the response's extensions, for a middleware that logs or counts.
#[must_use]
pub fn response<B: Default>(stop: &Stopped) -> Response<B> {
    let mut response = Response::new(B::default());
    *response.status_mut() = status(stop);
    if let Some(wait) = stop.retry_after() {
        response
            .headers_mut()
            .insert(RETRY_AFTER, whole_seconds(wait).into());
    }
    response.extensions_mut().insert(stop.clone());
    response
}

// Rather too late than too soon.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0))
}

/// What an answer means for another try, by its status and its `Retry-After`: the [table](self#what-a-status-means).
///
/// For clients that have no feature of their own here; reqwest's answers have
/// `checked` of the `reqwest` feature.
///
/// ```
/// use etiquette::{Class, http::class};
/// use http::{HeaderMap, HeaderValue, StatusCode};
/// use std::time::Duration;
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(class(StatusCode::SERVICE_UNAVAILABLE, &headers), Class::Transient);
///
/// headers.insert("retry-after", HeaderValue::from_static("7"));
/// let in_7s = Class::TransientAfter(Duration::from_secs(7));
/// assert_eq!(class(StatusCode::SERVICE_UNAVAILABLE, &headers), in_7s);
/// assert_eq!(class(StatusCode::NOT_FOUND, &headers), Class::Permanent);
/// ```
#[must_use]
pub fn class(status: StatusCode, headers: &HeaderMap) -> Class {
    class_after(status, retry_after(headers))
}

pub(super) const fn class_after(status: StatusCode, hint: Option<Duration>) -> Class {
    match (status.as_u16(), hint) {
        (408 | 413 | 425 | 429 | 500 | 502 | 503 | 504, Some(hint)) => Class::TransientAfter(hint),
        (408 | 425 | 429 | 500 | 502 | 503 | 504, None) => Class::Transient,
        _ => Class::Permanent,
    }
}
