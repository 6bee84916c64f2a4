//! tonic (feature `tonic`): a stop as a [`Status`], what a status means for another try, and the deadline written into
//! requests.
//!
//! # What a stop is
//!
//! | stopped | code | because |
//! |---|---|---|
//! | [`TimedOut`](crate::TimedOut) | `DEADLINE_EXCEEDED` | |
//! | [`Cancelled`](crate::Cancelled) | `CANCELLED` | what a cancelled context is in gRPC, on either side |
//! | [`CircuitOpen`](crate::CircuitOpen) | `UNAVAILABLE` | the client may retry the call |
//! | [`AtCapacity`](crate::AtCapacity), [`RateLimited`](crate::RateLimited) | `RESOURCE_EXHAUSTED` | a limit of the server's, or a quota |
//!
//! Where it is known how long to wait, `grpc-retry-pushback-ms` says so (gRFC A6), rounded up. The message is the text
//! of the stop, which names the function: gRPC's messages are for developers. The [`Stopped`] is the status's source,
//! on the machine where it was made.
//!
//! # What a status means
//!
//! The first that applies:
//!
//! | status | class |
//! |---|---|
//! | made from a [`Stopped`] on this machine | what that is |
//! | no connection could be made | [`NotSent`](Class::NotSent) |
//! | a connection that was lost: caused by an [`io::Error`](std::io::Error) that is `Transient` or `NotSent`, or hyper's `operation was canceled`, which tonic calls `CANCELLED` | [`Transient`](Class::Transient) |
//! | tonic's own timeout, of an `Endpoint` or of the server's: `CANCELLED` with the message `Timeout expired` | `Transient` |
//! | any other `CANCELLED` | [`Cancelled`](Class::Cancelled) |
//! | `grpc-retry-pushback-ms`, on any other code | [`TransientAfter`](Class::TransientAfter) that long; [`Permanent`](Class::Permanent) when it is negative or no number, as A6 has it |
//! | `UNAVAILABLE`, `DEADLINE_EXCEEDED` | `Transient` |
//! | every other | `Permanent` |
//!
//! `ABORTED` is among the others: by its definition what has to be repeated is more than the call. So is
//! `RESOURCE_EXHAUSTED` without a pushback: it may as well be a message that is too large.
//!
//! ```
//! use etiquette::{Class, Classify, RateLimited, Stopped};
//! use std::time::Duration;
//! use tonic::{Code, Status};
//!
//! let stop = Stopped::from(RateLimited::new("app::quote", Duration::from_micros(1500)));
//! let status = Status::from(stop);
//! assert_eq!(status.code(), Code::ResourceExhausted);
//! assert_eq!(status.message(), "quote was refused: rate limit reached, retry after 1.5ms");
//! assert_eq!(status.metadata().get("grpc-retry-pushback-ms").unwrap(), "2");
//!
//! assert_eq!(Status::unavailable("restarting").class(), Class::Transient);
//! assert_eq!(Status::not_found("no such quote").class(), Class::Permanent);
//! ```
//!
//! # Limits
//!
//! A server that cancels calls when it closes says `CANCELLED` too, and is not asked again; `UNAVAILABLE` is gRPC's
//! word for closing. `google.rpc.RetryInfo` is not read. What HTTP/2 promises never to have been processed (`REFUSED_STREAM`) is
//! `UNAVAILABLE` and so `Transient`, not `NotSent`.

mod classify;
mod deadline;

use std::sync::Arc;

use ::tonic::{Code, Status};

pub use self::deadline::{ForwardDeadline, forward_deadline};
use super::grpc;
#[cfg(doc)]
use crate::Class;
use crate::Stopped;

/// The code of the [table](self#what-a-stop-is).
///
/// ```
/// use etiquette::{Stopped, with_timeout};
/// use tonic::{Code, Request, Response, Status};
///
/// #[with_timeout(2s)]
/// async fn quote(request: Request<u32>) -> Result<Response<u32>, Status> {
///     std::future::pending().await
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let status = quote(Request::new(7)).await.unwrap_err();
/// assert_eq!(status.code(), Code::DeadlineExceeded);
/// assert_eq!(status.message(), "quote timed out after 2s");
/// # }
/// ```
impl From<Stopped> for Status {
    fn from(stop: Stopped) -> Self {
        let mut status = Self::new(Code::from_i32(grpc::code(&stop).into()), stop.to_string());
        if let Some(wait) = stop.retry_after() {
            status
                .metadata_mut()
                .insert(grpc::PUSHBACK, grpc::pushback(wait).into());
        }
        status.set_source(Arc::new(stop));
        status
    }
}
