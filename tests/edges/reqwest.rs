//! `etiquette::reqwest`: the errors that need no broken connection, row by row, and the deadline in requests.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, http::HeaderMap, response::Redirect, routing::get};
use bytes::Bytes;
use etiquette::{
    Cancelled, Class, Classify, Scope, Stopped, TimedOut, http::TimeoutHeader, reqwest::RequestExt,
};
use http_body::Frame;
use reqwest::{Client, RequestBuilder};

use crate::support::serve;

/// A body that ends with this before its first byte.
struct Broken<E>(Option<E>);

impl<E: Unpin> http_body::Body for Broken<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

async fn sent<E>(error: E) -> Class
where
    E: Into<Box<dyn std::error::Error + Send + Sync>> + Unpin + Send + Sync + 'static,
{
    let url = serve(Router::new().route("/", axum::routing::post(async |body: String| body))).await;
    let request = Client::new()
        .post(url)
        .body(reqwest::Body::wrap(Broken(Some(error))));
    let error = request.send().await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    error.class()
}

#[tokio::test]
async fn what_its_own_body_fails_with_decides() {
    assert_eq!(
        sent(Stopped::from(Cancelled::new("upload"))).await,
        Class::Cancelled
    );
    let limit = Duration::from_secs(1);
    assert_eq!(
        sent(Stopped::from(TimedOut::new("upload", limit))).await,
        Class::Transient
    );
    assert_eq!(
        sent(std::io::Error::from(std::io::ErrorKind::NotFound)).await,
        Class::Permanent
    );
    // The request was on its way when something else was found closed.
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    assert_eq!(sent(refused).await, Class::Transient);
}

#[tokio::test]
async fn what_cannot_be_built_redirected_upgraded_or_decoded_is_permanent() {
    let loops = Router::new()
        .route("/", get(async || "no number"))
        .route("/loop", get(async || Redirect::to("/loop")));
    let url = serve(loops).await;
    let http = Client::new();

    let error = http.get("no url").send().await.unwrap_err();
    assert!(error.is_builder());
    assert_eq!(error.class(), Class::Permanent);

    let error = http.get(format!("{url}loop")).send().await.unwrap_err();
    assert!(error.is_redirect());
    assert_eq!(error.class(), Class::Permanent);

    let error = http.get(&url).send().await.unwrap().upgrade().await.unwrap_err();
    assert!(error.is_upgrade());
    assert_eq!(error.class(), Class::Permanent);

    let error = http
        .get(&url)
        .send()
        .await
        .unwrap()
        .json::<u32>()
        .await
        .unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.class(), Class::Permanent);
}

/// What a server sees of it.
async fn seen(
    header: &'static str,
    request: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> Option<String> {
    let seen = async move |headers: HeaderMap| match headers.get_all(header).iter().collect::<Vec<_>>()[..] {
        [] => "none".to_owned(),
        [one] => one.to_str().unwrap().to_owned(),
        _ => panic!("{headers:?}"),
    };
    let url = serve(Router::new().route("/", get(seen))).await;
    let answer = request(Client::new().get(url)).send().await.unwrap();
    Some(answer.text().await.unwrap()).filter(|text| text != "none")
}

#[tokio::test]
async fn without_a_deadline_a_request_stays_as_it_is() {
    assert_eq!(seen("grpc-timeout", RequestBuilder::forward_deadline).await, None);
    let own = |request: RequestBuilder| request.header("grpc-timeout", "1S").forward_deadline();
    assert_eq!(seen("grpc-timeout", own).await.unwrap(), "1S");
    let scope = Scope::new();
    let within = scope.run(seen("grpc-timeout", RequestBuilder::forward_deadline));
    assert_eq!(within.await.unwrap(), None);
}

#[tokio::test]
async fn a_deadline_is_written_in_place_of_what_was_there() {
    const HOUR: Duration = Duration::from_secs(3600);
    let read = |text: Option<String>| {
        let mut headers = HeaderMap::new();
        headers.insert("grpc-timeout", text.unwrap().parse().unwrap());
        TimeoutHeader::grpc().read(&headers).unwrap()
    };
    let scope = Scope::new().with_timeout(HOUR);
    let own = |request: RequestBuilder| request.header("grpc-timeout", "2H").forward_deadline();
    let left = read(scope.run(seen("grpc-timeout", own)).await.unwrap());
    assert!(left < HOUR && left > HOUR / 2, "{left:?}");

    let name = http::HeaderName::from_static("x-time-left-ms");
    let header = TimeoutHeader::millis(name);
    let millis = scope.run(seen("x-time-left-ms", |request| {
        request.forward_deadline_in(&header)
    }));
    let millis: u128 = millis.await.unwrap().unwrap().parse().unwrap();
    assert!(
        millis < HOUR.as_millis() && millis > HOUR.as_millis() / 2,
        "{millis}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_passed_deadline_leaves_nothing() {
    let scope = Scope::new().with_timeout(Duration::ZERO);
    let request = scope.provide(async { Client::new().get("http://a/").forward_deadline().build() });
    assert_eq!(request.await.unwrap().headers()["grpc-timeout"], "0n");
}
