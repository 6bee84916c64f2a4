//! A client, a service A that asks a service B, HTTP over TCP in between: the deadline shrinks on its way, and that
//! the client has gone away arrives at B.
//!
//! On the real clock: bytes are on their way, and a paused clock would jump ahead of them.

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::State, response::IntoResponse, routing::get};
use etiquette::{
    Scope,
    reqwest::{RequestExt, ResponseExt},
    tower::ScopeLayer,
};
use reqwest::Client;
use tokio::time::{Instant, sleep};

use crate::{
    support::serve,
    two_hops::{LIMIT, Seen, Sights, WORK, begin, never, sights},
};

/// A, and what B sees.
async fn hops(layer: ScopeLayer, b_answers: bool) -> (String, Sights) {
    let (see, seen) = sights();
    let b = async move || {
        begin(&see);
        if !b_answers {
            never(see.clone()).await
        }
    };
    let b = serve(Router::new().route("/", get(b)).layer(ScopeLayer::new())).await;
    let state = Arc::new((Client::new(), b));
    let a = async |State(state): State<Arc<(Client, String)>>| {
        let (http, b) = &*state;
        sleep(WORK).await;
        match http.get(b).forward_deadline().send().await.unwrap().checked() {
            Ok(_) => "done".into_response(),
            Err(error) => error.status.into_response(),
        }
    };
    let a = Router::new().route("/", get(a)).with_state(state).layer(layer);
    (serve(a).await, seen)
}

#[tokio::test]
async fn the_deadline_shrinks_from_hop_to_hop() {
    let (a, mut seen) = hops(ScopeLayer::new(), true).await;
    let scope = Scope::new().with_timeout(LIMIT);
    let ask = async { Client::new().get(a).forward_deadline().send().await };
    let started = Instant::now();
    assert_eq!(
        scope.run(ask).await.unwrap().unwrap().text().await.unwrap(),
        "done"
    );
    let took = started.elapsed();
    seen.assert_shrunk(took).await;
}

#[tokio::test]
async fn without_a_deadline_there_is_none_at_the_end() {
    let (a, mut seen) = hops(ScopeLayer::new(), true).await;
    reqwest::get(a).await.unwrap();
    assert_eq!(seen.next().await, Seen::Began { left: None });
}

#[tokio::test]
async fn a_client_that_goes_away_is_heard_of_at_b() {
    let (a, mut seen) = hops(ScopeLayer::new().limit(LIMIT), false).await;
    let call = tokio::spawn(reqwest::get(a));
    assert!(matches!(seen.next().await, Seen::Began { left: Some(_) }));
    seen.assert_waits().await;
    call.abort();
    let reason = Some("the client went away".into());
    assert_eq!(seen.next().await, Seen::Ended { reason });
}

#[tokio::test]
async fn at_the_deadline_a_answers_and_b_stops() {
    // Enough for a busy machine to get the request to B.
    let limit = Duration::from_millis(500);
    let (a, mut seen) = hops(ScopeLayer::new().limit(limit), false).await;
    let started = Instant::now();
    let answer = reqwest::get(a).await.unwrap();
    assert_eq!(answer.status(), 504);
    assert!(started.elapsed() >= limit);
    assert!(matches!(seen.next().await, Seen::Began { left: Some(left) } if left < limit));
    // By its own deadline or because A went away, whichever is seen first.
    assert!(matches!(seen.next().await, Seen::Ended { reason: Some(_) }));
}
