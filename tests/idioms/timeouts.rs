//! Limits that come from a field, a configuration or a constant, and errors that fit what is there already.

use crate::recorder::Recorder;
use crate::support::{ms, pending, secs, sleep, timed};
use axum::body::Body;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::StatusCode;
use etiquette::{CancellationToken, Limits, Stopped, TimedOut, cancellable, with_timeout};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

#[derive(Debug, thiserror::Error)]
enum HandshakeError {
    #[error("the other side keeps us waiting")]
    Stopped(#[from] Stopped),
    #[error("the connection is gone")]
    Io(#[from] io::Error),
}

struct Client {
    timeout: Duration,
    stream: DuplexStream,
}

impl Client {
    #[with_timeout(self.timeout)]
    async fn handshake(&mut self) -> Result<u32, HandshakeError> {
        Ok(self.stream.read_u32().await?)
    }

    /// The same where it is one step of several.
    async fn handshake_in_place(&mut self) -> Result<u32, HandshakeError> {
        let hello = self.stream.read_u32().with_timeout(self.timeout).await??;
        Ok(hello)
    }
}

// RW01: the limit is a field of `self`, under `&mut self`.
#[tokio::test(start_paused = true)]
async fn the_limit_is_a_field() {
    let (stream, mut other_side) = tokio::io::duplex(64);
    let timeout = secs(3);
    let mut client = Client { timeout, stream };
    other_side.write_u32(7).await.unwrap();
    other_side.write_u32(8).await.unwrap();
    assert_eq!(client.handshake().await.unwrap(), 7);
    assert_eq!(client.handshake_in_place().await.unwrap(), 8);
    for in_place in [false, true] {
        let call = async {
            match in_place {
                true => client.handshake_in_place().await,
                false => client.handshake().await,
            }
        };
        let (out, elapsed) = timed(call).await;
        assert!(matches!(out, Err(HandshakeError::Stopped(stop)) if stop.is_timeout()));
        assert_eq!(elapsed, secs(3));
    }
    drop(other_side);
    assert!(matches!(client.handshake().await, Err(HandshakeError::Io(_))));
    assert!(matches!(
        client.handshake_in_place().await,
        Err(HandshakeError::Io(_))
    ));
}

struct AuthConfig {
    scram_timeout: Duration,
}

static CONFIG: AuthConfig = AuthConfig {
    scram_timeout: Duration::from_secs(5),
};

#[derive(Debug, PartialEq)]
enum AuthError {
    UserTimeout(Duration),
    Failed(&'static str),
}

impl AuthError {
    fn user_timeout(stop: TimedOut) -> Self {
        tracing::warn!(limit = ?stop.limit, "the user did not answer");
        Self::UserTimeout(stop.limit.unwrap_or_default())
    }
}

async fn exchange(config: &'static AuthConfig, delay: Duration) -> Result<&'static str, AuthError> {
    // Only this step waits for the user, so only this one is timed.
    #[with_timeout(config.scram_timeout, error = AuthError::user_timeout)]
    async fn answer(config: &AuthConfig, delay: Duration) -> Result<&'static str, AuthError> {
        sleep(delay).await;
        match delay {
            Duration::ZERO => Err(AuthError::Failed("wrong password")),
            _ => Ok("keys"),
        }
    }
    sleep(secs(60)).await; // whatever comes before
    answer(config, delay)
        .await
        .inspect_err(|error| tracing::info!(?error, "not authenticated"))
}

// RW02: the limit is a field of a configuration, a function makes the error and logs, and the rest is not timed.
#[tokio::test(start_paused = true)]
async fn a_part_is_timed_and_logged() {
    let log = Recorder::install();
    assert_eq!(timed(exchange(&CONFIG, secs(4))).await, (Ok("keys"), secs(64)));
    assert!(log.events().is_empty());
    let (out, elapsed) = timed(exchange(&CONFIG, secs(6))).await;
    assert_eq!((out, elapsed), (Err(AuthError::UserTimeout(secs(5))), secs(65)));
    assert_eq!(
        exchange(&CONFIG, ms(0)).await,
        Err(AuthError::Failed("wrong password"))
    );
    let said: Vec<String> = log
        .events()
        .iter()
        .filter(|event| !event.target.starts_with("etiquette::"))
        .map(|event| event.message().to_owned())
        .collect();
    assert_eq!(
        said,
        [
            "the user did not answer",
            "not authenticated",
            "not authenticated"
        ]
    );
}

/// `None`: as long as it takes, and no timer either.
#[with_timeout(limit)]
async fn connect(limit: Option<Duration>, delay: Duration) -> io::Result<&'static str> {
    sleep(delay).await;
    Ok("connected")
}

// RW03: the limit is optional, and its error is `io::ErrorKind::TimedOut`.
#[tokio::test(start_paused = true)]
async fn the_limit_is_optional() {
    let (out, elapsed) = timed(connect(None, secs(3600))).await;
    assert_eq!((out.unwrap(), elapsed), ("connected", secs(3600)));
    let (out, elapsed) = timed(connect(Some(secs(2)), secs(3600))).await;
    assert_eq!(
        (out.unwrap_err().kind(), elapsed),
        (io::ErrorKind::TimedOut, secs(2))
    );
}

const INBOX_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Debug)]
struct TooSlow;

impl axum::response::IntoResponse for TooSlow {
    fn into_response(self) -> axum::response::Response {
        StatusCode::REQUEST_TIMEOUT.into_response()
    }
}

#[with_timeout(INBOX_TIMEOUT, error = |_| TooSlow)]
async fn inbox(request: Request) -> Result<&'static str, TooSlow> {
    match request.uri().path() {
        "/slow" => pending().await,
        _ => Ok("accepted"),
    }
}

// RW06: a constant limit around a whole handler, with an error of its own.
#[tokio::test(start_paused = true)]
async fn a_handler_is_limited() {
    let ask = |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        timed(inbox.call(request, ()))
    };
    let (answer, elapsed) = ask("/").await;
    assert_eq!((answer.status(), elapsed), (StatusCode::OK, secs(0)));
    let (answer, elapsed) = ask("/slow").await;
    assert_eq!(
        (answer.status(), elapsed),
        (StatusCode::REQUEST_TIMEOUT, secs(30))
    );
}

#[derive(Debug, PartialEq)]
enum TimeoutOrCancel {
    Timeout,
    Cancel,
}

#[cancellable(cancel, error = |_| TimeoutOrCancel::Cancel)]
#[with_timeout(120s, error = |_| TimeoutOrCancel::Timeout)]
async fn download(cancel: &CancellationToken) -> Result<u32, TimeoutOrCancel> {
    pending().await
}

// RW07: a timeout and a cancellation are two errors, and the cancellation comes first.
#[tokio::test(start_paused = true)]
async fn timeout_and_cancel_are_told_apart() {
    let cancel = CancellationToken::new();
    assert_eq!(
        timed(download(&cancel)).await,
        (Err(TimeoutOrCancel::Timeout), secs(120))
    );
    let (out, ()) = tokio::join!(timed(download(&cancel)), async {
        sleep(secs(120)).await;
        cancel.cancel();
    });
    // Both at the same time.
    assert_eq!(out, (Err(TimeoutOrCancel::Cancel), secs(120)));
}
