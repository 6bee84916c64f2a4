//! `response.checked()`: the status and the hint of real answers, and what `#[retry]` makes of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use etiquette::{
    Class, Classify, Stopped,
    reqwest::{Error, ResponseExt, StatusError},
    retry, with_timeout,
};

use crate::support::serve;

async fn answers(Path((status, after)): Path<(u16, String)>) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    match after.as_str() {
        "none" => status.into_response(),
        after => (status, [("retry-after", after)]).into_response(),
    }
}

async fn url() -> String {
    serve(Router::new().route("/{status}/{after}", get(answers))).await
}

#[tokio::test]
async fn every_status_keeps_its_hint() {
    let url = url().await;
    let in_7s = Class::TransientAfter(Duration::from_secs(7));
    for (status, after, class) in [
        (429, "7", in_7s),
        (503, "7", in_7s),
        (503, "none", Class::Transient),
        (503, "soon", Class::Transient),
        (413, "7", in_7s),
        (413, "none", Class::Permanent),
        (500, "none", Class::Transient),
        (501, "7", Class::Permanent),
        (404, "7", Class::Permanent),
    ] {
        let response = reqwest::get(format!("{url}{status}/{after}")).await.unwrap();
        let error = response.checked().unwrap_err();
        assert_eq!(error.status, status);
        assert_eq!(
            error.retry_after,
            (after == "7").then_some(Duration::from_secs(7))
        );
        assert_eq!(error.class(), class, "{status} {after}");
        assert_eq!(Error::from(error).class(), class);
    }
    for fine in [200, 204, 304] {
        let response = reqwest::get(format!("{url}{fine}/7")).await.unwrap();
        assert_eq!(response.checked().unwrap().status(), fine);
    }
}

#[tokio::test]
async fn error_for_status_has_lost_it() {
    let url = url().await;
    for (status, class) in [
        (429, Class::Transient),
        (503, Class::Transient),
        (404, Class::Permanent),
    ] {
        let response = reqwest::get(format!("{url}{status}/7")).await.unwrap();
        let error = response.error_for_status().unwrap_err();
        assert!(error.is_status());
        assert_eq!(error.class(), class);
    }
}

#[test]
fn it_names_no_url() {
    let error = StatusError::new(StatusCode::NOT_FOUND, None);
    assert_eq!(error.to_string(), "404 Not Found");
    let error = Error::from(StatusError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        Duration::from_secs(7),
    ));
    assert_eq!(error.to_string(), "the request was answered with an error");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "503 Service Unavailable, retry after 7s");
}

#[with_timeout(60s, total)]
#[retry(constant(30s))]
async fn patient(url: &str) -> Result<String, Error> {
    Ok(reqwest::get(url).await?.checked()?.text().await?)
}

/// The hint is waited on the real clock, as the connection needs it: a second is the shortest there is.
#[tokio::test]
async fn a_retry_waits_as_long_as_it_was_told() {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let busy_once = async move || match counted.fetch_add(1, Relaxed) {
        0 => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")]).into_response(),
        _ => "done".into_response(),
    };
    let url = serve(Router::new().route("/", get(busy_once))).await;
    let started = Instant::now();
    assert_eq!(patient(&url).await.unwrap(), "done");
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(calls.load(Relaxed), 2);
}

#[with_timeout(20ms)]
async fn hasty(url: &str) -> Result<String, Error> {
    Ok(reqwest::get(url).await?.checked()?.text().await?)
}

#[tokio::test]
async fn one_error_type_takes_a_stop_as_well() {
    let url = serve(Router::new().route("/", get(std::future::pending::<String>))).await;
    let error = hasty(&url).await.unwrap_err();
    assert!(
        matches!(&error, Error::Stopped(Stopped::TimedOut(_))),
        "{error:?}"
    );
    assert_eq!(error.class(), Class::Transient);
}
