//! The class of what reqwest reports when a connection is not made, or breaks: each made to happen.

use std::{error::Error, net::SocketAddr, time::Duration};

use etiquette::{Class, Classify};
use reqwest::{
    Client, ClientBuilder, Response,
    dns::{Name, Resolve, Resolving},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use crate::support::{closed, raw};

/// Shorter than the server's answer, which never comes.
const SHORT: Duration = Duration::from_millis(50);

async fn fails(client: ClientBuilder, url: &str) -> reqwest::Error {
    client.build().unwrap().get(url).send().await.unwrap_err()
}

#[tokio::test]
async fn a_refused_connection_was_not_sent() {
    let url = format!("http://{}/", closed().await);
    let error = fails(Client::builder(), &url).await;
    assert!(error.is_connect());
    assert_eq!(error.class(), Class::NotSent);
}

/// Knows no names.
struct Nobody;

impl Resolve for Nobody {
    fn resolve(&self, name: Name) -> Resolving {
        let error = format!("no such host: {}", name.as_str());
        Box::pin(async move { Err(Box::<dyn Error + Send + Sync>::from(error)) })
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_was_not_sent() {
    let error = fails(Client::builder().dns_resolver(Nobody), "http://nowhere.test/").await;
    assert!(error.is_dns());
    assert_eq!(error.class(), Class::NotSent);
}

/// A port whose queue is full, and what fills it: nobody accepts, and the next connection has to wait.
async fn full() -> (SocketAddr, Vec<TcpStream>, tokio::net::TcpListener) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = Vec::new();
    while let Ok(stream) = timeout(Duration::from_millis(200), TcpStream::connect(address)).await {
        held.push(stream.unwrap());
        assert!(held.len() < 100, "the queue has no end");
    }
    (address, held, listener)
}

#[tokio::test]
async fn a_connection_that_takes_too_long_was_not_sent() {
    let (address, _held, _listener) = full().await;
    let error = fails(
        Client::builder().connect_timeout(SHORT),
        &format!("http://{address}/"),
    )
    .await;
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
    assert_eq!(error.class(), Class::NotSent);
}

/// Reads the request, says this, and then lets the connection go as told.
async fn server(says: &'static str, end: End) -> String {
    raw(move |stream| answer(stream, says, end)).await
}

async fn answer(mut stream: TcpStream, says: &'static str, end: End) {
    let mut request = [0; 1024];
    assert!(stream.read(&mut request).await.unwrap() > 0);
    stream.write_all(says.as_bytes()).await.unwrap();
    match end {
        End::Closed => {}
        End::Reset => stream.set_zero_linger().unwrap(),
        End::Kept => std::future::pending().await,
    }
}

#[derive(Clone, Copy)]
enum End {
    Closed,
    Reset,
    Kept,
}

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf";

#[tokio::test]
async fn no_answer_in_time_is_transient() {
    let url = server("", End::Kept).await;
    let error = fails(Client::builder().timeout(SHORT), &url).await;
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.class(), Class::Transient);
}

#[tokio::test]
async fn half_an_answer_in_time_is_transient() {
    let url = server(HALF, End::Kept).await;
    let http = Client::builder().read_timeout(SHORT).build().unwrap();
    let error = half(http.get(url).send().await.unwrap()).await;
    assert!(error.is_timeout());
    assert_eq!(error.class(), Class::Transient);
}

async fn half(response: Response) -> reqwest::Error {
    response.bytes().await.unwrap_err()
}

#[tokio::test]
async fn a_connection_lost_before_the_answer_is_transient() {
    for end in [End::Closed, End::Reset] {
        let url = server("", end).await;
        let error = fails(Client::builder(), &url).await;
        assert!(error.is_request() && !error.is_connect(), "{error:?}");
        assert_eq!(error.class(), Class::Transient);
    }
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_the_answer_is_transient() {
    for end in [End::Closed, End::Reset] {
        let url = server(HALF, end).await;
        let error = half(reqwest::get(&url).await.unwrap()).await;
        assert!(!error.is_timeout());
        assert_eq!(error.class(), Class::Transient, "{error:?}");
        // Also where it was to be decoded.
        let error = reqwest::get(&url).await.unwrap().json::<u32>().await.unwrap_err();
        assert_eq!(error.class(), Class::Transient, "{error:?}");
    }
}
