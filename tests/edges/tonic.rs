//! `etiquette::tonic`: the class of every status, as a real server sends it and as the transport makes it.

use std::time::Duration;

use etiquette::{Class, Classify, Scope, retry, tonic::forward_deadline};
use tokio::net::TcpListener;
use tonic::{
    Code, Request, Response, Status,
    transport::{Channel, Endpoint, Server, server::TcpIncoming},
};

use crate::support::{Numbered, ask, closed, listener, raw};

/// Fails with the code it is sent, and beside it says when to come back as the caller wishes.
async fn fails(request: Request<u64>) -> Result<Response<u64>, Status> {
    let code = Code::from_i32(i32::try_from(*request.get_ref()).unwrap());
    let mut status = Status::new(code, "as you wish");
    if let Some(pushback) = request.metadata().get("pushback") {
        status
            .metadata_mut()
            .insert("grpc-retry-pushback-ms", pushback.clone());
    }
    Err(status)
}

fn start<F>(
    mut server: Server,
    listener: TcpListener,
    handler: impl Fn(Request<u64>) -> F + Clone + Send + Sync + 'static,
) where
    F: Future<Output = Result<Response<u64>, Status>> + Send + 'static,
{
    let router = server.add_service(Numbered(handler));
    tokio::spawn(router.serve_with_incoming(TcpIncoming::from(listener)));
}

async fn connected<F>(
    server: Server,
    handler: impl Fn(Request<u64>) -> F + Clone + Send + Sync + 'static,
) -> Channel
where
    F: Future<Output = Result<Response<u64>, Status>> + Send + 'static,
{
    let (listener, address) = listener().await;
    start(server, listener, handler);
    Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .connect_lazy()
}

async fn status(channel: &Channel, code: Code, pushback: Option<&'static str>) -> Status {
    let mut request = Request::new(u64::try_from(i32::from(code)).unwrap());
    if let Some(pushback) = pushback {
        request
            .metadata_mut()
            .insert("pushback", pushback.parse().unwrap());
    }
    let status = ask(channel.clone(), request).await.unwrap_err();
    assert_eq!(status.code(), code);
    status
}

#[tokio::test]
async fn every_code_from_a_server() {
    let channel = connected(Server::builder(), fails).await;
    for number in 1..=16 {
        let code = Code::from_i32(number);
        let expected = match code {
            Code::Cancelled => Class::Cancelled,
            Code::Unavailable | Code::DeadlineExceeded => Class::Transient,
            _ => Class::Permanent,
        };
        assert_eq!(status(&channel, code, None).await.class(), expected, "{code:?}");
    }
}

#[tokio::test]
async fn a_server_that_says_when_to_come_back_is_obeyed() {
    let channel = connected(Server::builder(), fails).await;
    let in_250ms = Class::TransientAfter(Duration::from_millis(250));
    for (code, pushback, class) in [
        (Code::Unavailable, "250", in_250ms),
        (Code::ResourceExhausted, "250", in_250ms),
        (Code::Aborted, "250", in_250ms),
        (Code::Unavailable, "0", Class::TransientAfter(Duration::ZERO)),
        // gRFC A6: the client is asked not to retry at all.
        (Code::Unavailable, "-1", Class::Permanent),
        (Code::Unavailable, "soon", Class::Permanent),
        (Code::Cancelled, "250", Class::Cancelled),
    ] {
        let status = status(&channel, code, Some(pushback)).await;
        assert_eq!(status.class(), class, "{code:?} {pushback}");
    }
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    let endpoint = Endpoint::from_shared(format!("http://{}", closed().await)).unwrap();
    let status = ask(endpoint.connect_lazy(), Request::new(0)).await.unwrap_err();
    assert_eq!(
        (status.code(), status.class()),
        (Code::Unavailable, Class::NotSent)
    );
}

/// The server is closed with its connections, in the middle of the call.
#[tokio::test]
async fn a_connection_that_is_lost_in_a_call_is_transient() {
    let (began, mut begun) = tokio::sync::mpsc::unbounded_channel();
    let (listener, address) = listener().await;
    let listener = listener.into_std().unwrap();
    let server = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    server.spawn(async move {
        let listener = TcpListener::from_std(listener).unwrap();
        start(Server::builder(), listener, move |_| {
            began.send(()).unwrap();
            std::future::pending()
        });
    });
    let channel = Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .connect_lazy();
    let call = tokio::spawn(ask(channel, Request::new(0)));
    begun.recv().await.unwrap();
    server.shutdown_background();
    let status = call.await.unwrap().unwrap_err();
    assert_eq!(status.class(), Class::Transient, "{status:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_transient() {
    use tokio::io::AsyncReadExt;
    let url = raw(async |mut stream: tokio::net::TcpStream| {
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await.unwrap();
        stream.set_zero_linger().unwrap();
    })
    .await;
    let endpoint = Endpoint::from_shared(url).unwrap();
    let status = ask(endpoint.connect_lazy(), Request::new(0)).await.unwrap_err();
    assert_eq!(status.class(), Class::Transient, "{status:?}");
}

async fn never(_: Request<u64>) -> Result<Response<u64>, Status> {
    std::future::pending().await
}

#[tokio::test]
async fn tonics_timeouts_are_transient_though_they_are_called_cancelled() {
    const SHORT: Duration = Duration::from_millis(50);
    let (listener, address) = listener().await;
    start(Server::builder(), listener, never);
    let endpoint = Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .timeout(SHORT);
    let ours = ask(endpoint.connect_lazy(), Request::new(0)).await.unwrap_err();
    assert_eq!((ours.code(), ours.class()), (Code::Cancelled, Class::Transient));

    let channel = connected(Server::builder().timeout(SHORT), never).await;
    let theirs = ask(channel, Request::new(0)).await.unwrap_err();
    assert_eq!(
        (theirs.code(), theirs.class()),
        (Code::Cancelled, Class::Transient)
    );
}

#[retry(attempts = 100, constant(20ms), when = not_sent)]
async fn once_it_is_there(channel: &Channel) -> Result<u64, Status> {
    ask(channel.clone(), Request::new(7)).await
}

/// On the real clock: the server comes late.
#[tokio::test]
async fn what_was_not_sent_is_retried_until_the_server_is_there() {
    let address = closed().await;
    let channel = Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .connect_lazy();
    let late = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let listener = TcpListener::bind(address).await.unwrap();
        start(Server::builder(), listener, async |request: Request<u64>| {
            Ok(Response::new(request.into_inner() + 1))
        });
    };
    let (answer, ()) = tokio::join!(once_it_is_there(&channel), late);
    assert_eq!(answer.unwrap(), 8);
}

#[tokio::test(start_paused = true)]
async fn a_request_says_what_is_left_unless_it_says_less() {
    let said = |own: Option<&'static str>| {
        let mut request = Request::new(());
        if let Some(own) = own {
            request
                .metadata_mut()
                .insert("grpc-timeout", own.parse().unwrap());
        }
        let request = forward_deadline(request)?;
        let said = request.metadata().get("grpc-timeout").cloned();
        Ok::<_, Status>(said.map(|said| said.to_str().unwrap().to_owned()))
    };
    assert_eq!(said(None).unwrap(), None);
    assert_eq!(said(Some("9S")).unwrap().unwrap(), "9S");
    let scope = Scope::new().with_timeout(Duration::from_secs(5));
    let in_scope = |own| scope.provide(async move { said(own) });
    assert_eq!(in_scope(None).await.unwrap().unwrap(), "5000000u");
    assert_eq!(in_scope(Some("4S")).await.unwrap().unwrap(), "4S");
    assert_eq!(in_scope(Some("6S")).await.unwrap().unwrap(), "5000000u");
    assert_eq!(in_scope(Some("garbage")).await.unwrap().unwrap(), "5000000u");
    tokio::time::advance(Duration::from_secs(5)).await;
    let late = in_scope(None).await.unwrap_err();
    assert_eq!(
        (late.code(), late.class()),
        (Code::DeadlineExceeded, Class::Transient)
    );
    assert_eq!(late.message(), "request timed out at its deadline");
}
