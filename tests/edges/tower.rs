//! `etiquette::tower::ScopeLayer` up to the answer: the deadline, who may end it, and what is said then. No connection,
//! a paused clock, exact times.

use std::{convert::Infallible, future::pending, time::Duration};

use axum::{
    Extension, Router,
    body::Body,
    http::{HeaderName, Request},
    response::Response,
    routing::get,
};
use etiquette::{Scope, Stopped, Tasks, http::TimeoutHeader, tower::ScopeLayer};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep, timeout},
};
use tower::{Layer, Service, ServiceExt};

const SECOND: Duration = Duration::from_secs(1);

fn request(headers: &[(&str, &str)]) -> Request<Body> {
    let request = headers.iter().fold(Request::get("/"), |request, (name, value)| {
        request.header(*name, *value)
    });
    request.body(Body::empty()).unwrap()
}

/// What a handler finds when it is called, and again when it is polled.
async fn left(layer: ScopeLayer, headers: &[(&str, &str)]) -> Option<Duration> {
    let service = tower::service_fn(|_: Request<Body>| {
        let found = Scope::current().remaining();
        async move {
            assert_eq!(Scope::current().remaining(), found);
            let mut response = Response::<Body>::default();
            response.extensions_mut().insert(found);
            Ok::<_, Infallible>(response)
        }
    });
    let response = layer.layer(service).oneshot(request(headers)).await.unwrap();
    *response.extensions().get::<Option<Duration>>().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_the_shorter_of_the_headers_and_the_limit() {
    let grpc = |text| [("grpc-timeout", text)];
    assert_eq!(left(ScopeLayer::new(), &[]).await, None);
    assert_eq!(left(ScopeLayer::new(), &grpc("5S")).await, Some(5 * SECOND));
    assert_eq!(left(ScopeLayer::default(), &grpc("garbage")).await, None);
    let limited = || ScopeLayer::new().limit(3 * SECOND);
    assert_eq!(left(limited(), &[]).await, Some(3 * SECOND));
    assert_eq!(left(limited(), &grpc("5S")).await, Some(3 * SECOND));
    assert_eq!(left(limited(), &grpc("2S")).await, Some(2 * SECOND));
    assert_eq!(left(limited().limit(None), &grpc("5S")).await, Some(5 * SECOND));
    // What the service is called in, and what it is told to be in.
    let outer = Scope::new().with_timeout(SECOND);
    assert_eq!(outer.provide(left(limited(), &[])).await, Some(SECOND));
    assert_eq!(left(limited().within(outer), &[]).await, Some(SECOND));
}

#[tokio::test(start_paused = true)]
async fn another_header_or_none_can_be_obeyed() {
    let name = HeaderName::from_static("x-time-left-ms");
    let millis = || ScopeLayer::new().header(TimeoutHeader::millis(name.clone()));
    let both = [("x-time-left-ms", "1500"), ("grpc-timeout", "1S")];
    assert_eq!(left(millis(), &both).await, Some(Duration::from_millis(1500)));
    assert_eq!(left(millis(), &both[1..]).await, None);
    assert_eq!(left(ScopeLayer::new().header(None), &both).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_handler_finds_its_scope_in_the_extensions_too() {
    let handler = async |Extension(scope): Extension<Scope>| format!("{:?}", scope.remaining());
    let app: Router = Router::new().route("/", get(handler)).layer(ScopeLayer::new());
    let response = app.oneshot(request(&[("grpc-timeout", "5S")])).await.unwrap();
    let text = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
    assert_eq!(text, "Some(5s)");
}

/// A handler that never answers, and its scope.
fn stuck(layer: ScopeLayer) -> (Router, oneshot::Receiver<Scope>) {
    let (tell, told) = oneshot::channel();
    let tell = std::sync::Arc::new(std::sync::Mutex::new(Some(tell)));
    let handler = async move || {
        let tell = tell.lock().unwrap().take().unwrap();
        tell.send(Scope::current()).unwrap();
        pending::<String>().await
    };
    (Router::new().route("/", get(handler)).layer(layer), told)
}

/// The answer; a layer that forgets to give one fails, and does not wait for ever.
async fn answer(app: Router, headers: &[(&str, &str)]) -> Response {
    let answer = timeout(100 * SECOND, app.oneshot(request(headers))).await;
    answer.expect("there is an answer").unwrap()
}

#[tokio::test(start_paused = true)]
async fn at_the_deadline_the_handler_is_dropped_and_the_layer_answers() {
    let (app, told) = stuck(ScopeLayer::new());
    let started = Instant::now();
    let response = answer(app, &[("grpc-timeout", "5S")]).await;
    assert_eq!(started.elapsed(), 5 * SECOND);
    assert_eq!(response.status(), 504);
    let stop = response.extensions().get::<Stopped>().unwrap();
    assert_eq!(stop.to_string(), "request timed out at its deadline");
    // Also for those who have no more than the token.
    let scope = told.await.unwrap();
    assert!(scope.token().is_cancelled());
    assert_eq!(scope.reason().unwrap(), "its deadline has passed".into());
}

#[tokio::test(start_paused = true)]
async fn a_grpc_client_is_answered_in_its_own_terms() {
    for (content, is_grpc) in [
        ("application/grpc", true),
        ("application/grpc+proto", true),
        ("application/grpc-web-text", true),
        ("application/grpcfoo", false),
        ("application/json", false),
    ] {
        let (app, _told) = stuck(ScopeLayer::new().limit(SECOND));
        let response = answer(app, &[("content-type", content)]).await;
        assert_eq!(response.status(), if is_grpc { 200 } else { 504 });
        let headers = response.headers();
        assert_eq!(
            headers.get("grpc-status").is_some_and(|code| code == "4"),
            is_grpc
        );
        assert_eq!(
            headers.get("content-type").is_some_and(|of| of == content),
            is_grpc
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_scope_is_answered_for() {
    let closing = Scope::new();
    let layer = ScopeLayer::new().within(closing.clone());
    for (content, status, code) in [("text/plain", 503, None), ("application/grpc", 200, Some("1"))] {
        let closing = closing.child();
        let (app, told) = stuck(layer.clone().within(closing.clone()));
        let answer = tokio::spawn(async move { answer(app, &[("content-type", content)]).await });
        let scope = told.await.unwrap();
        sleep(SECOND).await;
        assert!(!answer.is_finished());
        closing.cancel("closing");
        let response = answer.await.unwrap();
        assert_eq!(response.status(), status);
        let said = response.headers().get("grpc-status");
        assert_eq!(said.map(|said| said.to_str().unwrap()), code);
        let stop = response.extensions().get::<Stopped>().unwrap();
        assert_eq!(stop.to_string(), "request was cancelled: closing");
        assert_eq!(scope.reason().unwrap(), "closing".into());
    }
    // A request that comes later does not begin.
    closing.cancel("closed");
    let (app, mut told) = stuck(layer);
    assert_eq!(answer(app, &[]).await.status(), 503);
    assert!(told.try_recv().is_err());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_goes_away_cancels_what_was_spawned() {
    let tasks = Tasks::new();
    let (tell, told) = oneshot::channel();
    let tell = std::sync::Mutex::new(Some(tell));
    let app = ScopeLayer::new().layer(tower::service_fn(|_: Request<Body>| {
        let tell = tell.lock().unwrap().take().unwrap();
        let watch = tasks.spawn("watch", async move {
            let scope = Scope::current();
            scope.cancelled().await;
            tell.send(scope.reason()).unwrap();
        });
        etiquette::detach(watch, "reports by itself");
        pending::<Result<Response<Body>, Infallible>>()
    }));
    let mut call = Box::pin(app.oneshot(request(&[])));
    assert!(timeout(SECOND, &mut call).await.is_err());
    assert!(!tasks.is_empty());
    drop(call);
    let reason = timeout(SECOND, told).await.expect("it is heard of");
    assert_eq!(reason.unwrap().unwrap(), "the client went away".into());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_drops_the_request_at_the_deadline_does_not_blame_the_client() {
    let (app, told) = stuck(ScopeLayer::new());
    let mut call = Box::pin(app.oneshot(request(&[("grpc-timeout", "5S")])));
    assert!(timeout(SECOND, &mut call).await.is_err());
    let scope = told.await.unwrap();
    sleep(4 * SECOND).await;
    drop(call);
    assert_eq!(scope.reason().unwrap(), "its deadline has passed".into());
    assert!(scope.token().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_fails_cancels_nothing() {
    let (tell, told) = oneshot::channel();
    let tell = std::sync::Mutex::new(Some(tell));
    let service = ScopeLayer::new().layer(tower::service_fn(|_: Request<Body>| {
        tell.lock()
            .unwrap()
            .take()
            .unwrap()
            .send(Scope::current())
            .unwrap();
        async { Err::<Response<Body>, _>("broken") }
    }));
    assert_eq!(service.oneshot(request(&[])).await.unwrap_err(), "broken");
    assert!(!told.await.unwrap().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_not_ready_is_waited_for() {
    let mut service = ScopeLayer::new().layer(tower::service_fn(async |_: Request<Body>| {
        Ok::<_, Infallible>(Response::<Body>::default())
    }));
    service.ready().await.unwrap();
    assert_eq!(service.call(request(&[])).await.unwrap().status(), 200);
}
