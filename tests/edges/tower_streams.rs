//! `etiquette::tower::ScopeLayer` and answers that take their time, over TCP: who stops reading one ends what feeds it,
//! and who has read all of it does not.
//!
//! On the real clock: bytes are on their way, and a paused clock would jump ahead of them.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, body::Body, routing::get};
use bytes::Bytes;
use etiquette::{Scope, tower::ScopeLayer};
use http_body::Frame;
use tokio::{sync::mpsc, time::timeout};

use crate::support::serve;

/// Only a test that has failed takes that long.
const FAILED: Duration = Duration::from_secs(30);

/// As many frames, and whether it ends then.
struct Events {
    left: usize,
    ends: bool,
}

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match (self.left, self.ends) {
            (0, true) => Poll::Ready(None),
            (0, false) => Poll::Pending,
            _ => {
                self.left -= 1;
                Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"event")))))
            }
        }
    }
}

async fn served(ends: bool) -> (String, mpsc::UnboundedReceiver<Scope>) {
    let (tell, told) = mpsc::unbounded_channel();
    let handler = async move || {
        tell.send(Scope::current()).unwrap();
        Body::new(Events { left: 2, ends })
    };
    let app = Router::new().route("/", get(handler)).layer(ScopeLayer::new());
    (serve(app).await, told)
}

#[tokio::test]
async fn a_reader_that_leaves_a_stream_is_heard_of() {
    let (url, mut told) = served(false).await;
    let mut stream = reqwest::get(url).await.unwrap();
    assert!(stream.chunk().await.unwrap().unwrap().starts_with(b"event"));
    let scope = told.recv().await.unwrap();
    assert!(!scope.is_cancelled());
    drop(stream);
    timeout(FAILED, scope.cancelled()).await.expect("it is heard of");
    assert_eq!(scope.reason().unwrap(), "the client went away".into());
}

#[tokio::test]
async fn a_reader_of_the_whole_answer_is_not_missed() {
    let (url, mut told) = served(true).await;
    for _ in 0..3 {
        let answer = reqwest::get(&url).await.unwrap();
        assert_eq!(answer.bytes().await.unwrap(), "eventevent");
        let scope = told.recv().await.unwrap();
        let cancelled = timeout(Duration::from_millis(50), scope.cancelled()).await;
        assert!(cancelled.is_err(), "{:?}", scope.reason());
    }
}
