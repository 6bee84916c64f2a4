//! `etiquette::axum`: a stop as an answer, through a real router.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
    response::{IntoResponse, Response},
    routing::get,
};
use etiquette::{Stopped, concurrency_limit, with_timeout};
use tower::ServiceExt;

use crate::support::stops;

#[test]
fn each_stop_has_its_status() {
    let answers = stops(Duration::from_millis(2500)).map(|stop| {
        let response = stop.clone().into_response();
        assert_eq!(response.extensions().get(), Some(&stop));
        let after = response.headers().get("retry-after").cloned();
        (
            response.status().as_u16(),
            after.map(|after| after.to_str().unwrap().to_owned()),
        )
    });
    let expected = [
        (504, None),
        (503, None),
        (503, Some("3")),
        (503, None),
        (429, Some("3")),
    ];
    assert_eq!(
        answers,
        expected.map(|(status, after)| (status, after.map(str::to_owned)))
    );
}

#[with_timeout(2s)]
async fn slow() -> Result<String, Stopped> {
    std::future::pending().await
}

#[concurrency_limit(1, wait = none)]
async fn alone() -> Result<String, Stopped> {
    std::future::pending().await
}

async fn ask(app: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_handler_returns_it_as_it_is_and_names_no_function() {
    let app: Router = Router::new()
        .route("/slow", get(slow))
        .route("/alone", get(alone));
    let response = ask(&app, "/slow").await;
    assert_eq!(response.status(), 504);
    assert!(response.extensions().get().is_some_and(Stopped::is_timeout));
    assert_eq!(to_bytes(response.into_body(), 1000).await.unwrap(), "");

    let held = tokio::spawn({
        let app = app.clone();
        async move { ask(&app, "/alone").await }
    });
    tokio::task::yield_now().await;
    assert_eq!(ask(&app, "/alone").await.status(), 503);
    held.abort();
}
