//! `grpc-timeout` in outgoing requests.

use ::tonic::{Request, Status, service::Interceptor};

use crate::{
    Scope, Stopped, TimedOut, TimeoutKind,
    edges::http::{from_grpc, to_grpc},
};

const HEADER: &str = "grpc-timeout";

/// An interceptor that writes what is left until the deadline of the current [`Scope`] into every request.
///
/// ```
/// use etiquette::{Scope, tonic::ForwardDeadline};
/// use std::time::Duration;
/// use tonic::{Request, service::Interceptor};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // As a client has it: `QuotesClient::with_interceptor(channel, ForwardDeadline)`.
/// let scope = Scope::new().with_timeout(Duration::from_millis(1500));
/// let request = scope.run(async { ForwardDeadline.call(Request::new(())) }).await??;
/// assert_eq!(request.metadata().get("grpc-timeout").unwrap(), "1500000u");
/// # Ok(())
/// # }
/// ```
///
/// What it does to each request, and when it refuses one, is on the page of [`forward_deadline`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ForwardDeadline;

impl Interceptor for ForwardDeadline {
    fn call(&mut self, request: Request<()>) -> Result<Request<()>, Status> {
        forward_deadline(request)
    }
}

/// Writes what is left until the deadline of the current [`Scope`] into `grpc-timeout`, unless the request says less
/// already. Outside of any deadline the request stays as it is.
///
/// A tonic server gives up a call after that long; its handler sees the deadline where the layer of the `tower`
/// feature is on the server.
///
/// ```
/// use etiquette::{Scope, tonic::forward_deadline};
/// use std::time::Duration;
/// use tonic::{Request, Status};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Status> {
/// let mut request = Request::new(7);
/// request.set_timeout(Duration::from_secs(60));
/// let scope = Scope::new().with_timeout(Duration::from_secs(5));
/// let request = scope.provide(async { forward_deadline(request) }).await?;
/// assert_eq!(request.metadata().get("grpc-timeout").unwrap(), "5000000u");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// `DEADLINE_EXCEEDED` when the deadline has passed: nobody would be there for the answer.
pub fn forward_deadline<T>(mut request: Request<T>) -> Result<Request<T>, Status> {
    let Some(remaining) = Scope::current().remaining() else {
        return Ok(request);
    };
    if remaining.is_zero() {
        let mut stop = TimedOut::new("request", None);
        stop.kind = TimeoutKind::Inherited;
        return Err(Stopped::from(stop).into());
    }
    let said = request
        .metadata()
        .get(HEADER)
        .and_then(|said| from_grpc(said.to_str().ok()?));
    if said.is_none_or(|said| remaining < said)
        && let Ok(value) = to_grpc(remaining).parse()
    {
        request.metadata_mut().insert(HEADER, value);
    }
    Ok(request)
}
