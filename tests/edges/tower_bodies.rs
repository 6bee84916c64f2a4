//! `etiquette::tower::ScopeLayer` after the answer has begun: a body that is not read to its end cancels the scope.

use std::{
    collections::VecDeque,
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header::CONTENT_LENGTH};
use bytes::Bytes;
use etiquette::{
    Scope,
    tower::{InScopeBody, ScopeLayer},
};
use http_body::{Body, Frame, SizeHint};
use tower::{Layer, ServiceExt};

const LIMIT: Duration = Duration::from_secs(5);

/// A body of these frames, that notes the time it sees at each.
#[derive(Debug, Default)]
struct Frames {
    frames: VecDeque<Result<Frame<Bytes>, &'static str>>,
    /// Whether it says by itself that nothing comes after the last.
    knows: Knows,
    seen: Arc<Mutex<Vec<Option<Duration>>>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Knows {
    #[default]
    Nothing,
    End,
    Size,
    /// The head of the answer says it, and the body does not.
    Head,
}

impl Body for Frames {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        self.seen.lock().unwrap().push(Scope::current().remaining());
        Poll::Ready(self.frames.pop_front())
    }

    fn is_end_stream(&self) -> bool {
        self.knows == Knows::End && self.frames.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match self.knows {
            Knows::Size => SizeHint::with_exact(u64::try_from(self.frames.len()).unwrap()),
            _ => SizeHint::default(),
        }
    }
}

fn data() -> Result<Frame<Bytes>, &'static str> {
    Ok(Frame::data(Bytes::from_static(b"x")))
}

fn trailers() -> Result<Frame<Bytes>, &'static str> {
    Ok(Frame::trailers(HeaderMap::new()))
}

type Sent = (Response<InScopeBody<Frames>>, Scope);

/// An answer with this body, and the scope of its request.
async fn sent(method: Method, status: StatusCode, body: Frames) -> Sent {
    let body = Mutex::new(Some(body));
    let scope = Mutex::new(None);
    let service = ScopeLayer::new()
        .limit(LIMIT)
        .layer(tower::service_fn(|_: Request<()>| {
            *scope.lock().unwrap() = Some(Scope::current());
            let body: Frames = body.lock().unwrap().take().unwrap();
            let (knows, length) = (body.knows, body.frames.len());
            let mut response = Response::new(body);
            if knows == Knows::Head {
                response.headers_mut().insert(CONTENT_LENGTH, length.into());
            }
            *response.status_mut() = status;
            async { Ok::<_, Infallible>(response) }
        }));
    let request = Request::builder().method(method).body(()).unwrap();
    let response = service.oneshot(request).await.unwrap();
    let scope = scope.lock().unwrap().take().unwrap();
    (response, scope)
}

async fn with_frames<const N: usize>(knows: Knows, frames: [Result<Frame<Bytes>, &'static str>; N]) -> Sent {
    let frames = Frames {
        frames: frames.into(),
        knows,
        seen: Arc::default(),
    };
    sent(Method::GET, StatusCode::OK, frames).await
}

/// Reads one frame; `None` after the last.
fn read((response, _): &mut Sent) -> Option<Result<Frame<Bytes>, &'static str>> {
    let body = Pin::new(response.body_mut());
    match body.poll_frame(&mut Context::from_waker(std::task::Waker::noop())) {
        Poll::Ready(frame) => frame,
        Poll::Pending => panic!("it is ready at once"),
    }
}

/// Whether dropping what is left of it cancels the scope.
fn cancels((response, scope): Sent) -> bool {
    assert!(!scope.is_cancelled());
    drop(response);
    let reason = scope.reason();
    assert!(reason.is_none() || reason == Some("the client went away".into()));
    scope.token().is_cancelled()
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_read_to_its_end_cancels() {
    assert!(cancels(with_frames(Knows::Nothing, [data(), data()]).await));
    let mut sent = with_frames(Knows::Nothing, [data(), data()]).await;
    read(&mut sent);
    assert!(cancels(sent));
    // It was the last frame, and nobody could know.
    let mut sent = with_frames(Knows::Nothing, [data()]).await;
    read(&mut sent);
    assert!(cancels(sent));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_read_to_its_end_does_not() {
    let mut sent = with_frames(Knows::Nothing, [data()]).await;
    assert!(read(&mut sent).is_some() && read(&mut sent).is_none());
    assert!(!cancels(sent));
    // Servers stop where a body says that it ends.
    for knows in [Knows::End, Knows::Size, Knows::Head] {
        assert!(!cancels(with_frames(knows, []).await));
        let mut sent = with_frames(knows, [data()]).await;
        read(&mut sent);
        assert!(!cancels(sent));
        let mut sent = with_frames(knows, [data(), data()]).await;
        read(&mut sent);
        assert!(cancels(sent));
    }
    let mut sent = with_frames(Knows::Nothing, [data(), trailers()]).await;
    assert!(read(&mut sent).is_some() && read(&mut sent).is_some());
    assert!(!cancels(sent));
    // Broken off from this side.
    let mut sent = with_frames(Knows::Nothing, [Err("broken"), data()]).await;
    assert_eq!(read(&mut sent).unwrap().unwrap_err(), "broken");
    assert!(!cancels(sent));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_no_server_reads_does_not() {
    let body = || Frames {
        frames: [data()].into(),
        ..Frames::default()
    };
    for (method, status, is_cancelled) in [
        (Method::HEAD, StatusCode::OK, false),
        (Method::GET, StatusCode::NO_CONTENT, false),
        (Method::GET, StatusCode::NOT_MODIFIED, false),
        (Method::GET, StatusCode::OK, true),
    ] {
        assert_eq!(
            cancels(sent(method, status, body()).await),
            is_cancelled,
            "{status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_is_made_in_the_scope_of_its_request() {
    let seen = Arc::default();
    let body = Frames {
        frames: [data()].into(),
        seen: Arc::clone(&seen),
        ..Frames::default()
    };
    let mut sent = sent(Method::GET, StatusCode::OK, body).await;
    read(&mut sent);
    tokio::time::advance(Duration::from_secs(1)).await;
    read(&mut sent);
    assert_eq!(*seen.lock().unwrap(), [Some(LIMIT), Some(Duration::from_secs(4))]);
    assert_eq!(Scope::current().remaining(), None);
}

#[tokio::test(start_paused = true)]
async fn it_says_of_its_size_what_the_body_says() {
    let (response, _scope) = with_frames(Knows::Size, [data(), data()]).await;
    assert_eq!(response.body().size_hint().exact(), Some(2));
    assert!(!response.body().is_end_stream());
    let (response, _scope) = with_frames(Knows::End, []).await;
    assert!(response.body().is_end_stream());
}
