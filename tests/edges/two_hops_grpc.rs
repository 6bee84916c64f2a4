//! A client, a service A that asks a service B, gRPC over TCP in between: the deadline shrinks on its way, and that
//! the client has gone away arrives at B.
//!
//! On the real clock: bytes are on their way, and a paused clock would jump ahead of them.

use etiquette::{
    Scope,
    tonic::{ForwardDeadline, forward_deadline},
    tower::ScopeLayer,
};
use tokio::time::{Instant, sleep};
use tonic::{
    Request, Response, Status,
    service::interceptor::InterceptedService,
    transport::{Channel, Endpoint, Server, server::TcpIncoming},
};

use crate::{
    support::{Numbered, ask, listener},
    two_hops::{LIMIT, Seen, Sights, WORK, begin, never, sights},
};

async fn start<F>(handler: impl Fn(Request<u64>) -> F + Clone + Send + Sync + 'static) -> Channel
where
    F: Future<Output = Result<Response<u64>, Status>> + Send + 'static,
{
    let (listener, address) = listener().await;
    let router = Server::builder()
        .layer(ScopeLayer::new())
        .add_service(Numbered(handler));
    tokio::spawn(router.serve_with_incoming(TcpIncoming::from(listener)));
    Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .connect_lazy()
}

/// A, and what B sees. B answers nothing but 0.
async fn hops() -> (Channel, Sights) {
    let (see, seen) = sights();
    let b = start(move |request: Request<u64>| {
        let see = see.clone();
        async move {
            begin(&see);
            if request.into_inner() == 0 {
                return Ok(Response::new(0));
            }
            never(see).await
        }
    })
    .await;
    let a = start(move |request: Request<u64>| {
        let b = InterceptedService::new(b.clone(), ForwardDeadline);
        async move {
            sleep(WORK).await;
            ask(b, Request::new(request.into_inner()))
                .await
                .map(Response::new)
        }
    })
    .await;
    (a, seen)
}

#[tokio::test]
async fn the_deadline_shrinks_from_hop_to_hop() {
    let (a, mut seen) = hops().await;
    let scope = Scope::new().with_timeout(LIMIT);
    let call = async { ask(a, forward_deadline(Request::new(0))?).await };
    let started = Instant::now();
    assert_eq!(scope.run(call).await.unwrap().unwrap(), 0);
    let took = started.elapsed();
    seen.assert_shrunk(took).await;
}

#[tokio::test]
async fn without_a_deadline_there_is_none_at_the_end() {
    let (a, mut seen) = hops().await;
    assert_eq!(ask(a, Request::new(0)).await.unwrap(), 0);
    assert_eq!(seen.next().await, Seen::Began { left: None });
}

#[tokio::test]
async fn a_client_that_goes_away_is_heard_of_at_b() {
    let (a, mut seen) = hops().await;
    let call = tokio::spawn(ask(a, Request::new(1)));
    assert_eq!(seen.next().await, Seen::Began { left: None });
    seen.assert_waits().await;
    call.abort();
    let reason = Some("the client went away".into());
    assert_eq!(seen.next().await, Seen::Ended { reason });
}
