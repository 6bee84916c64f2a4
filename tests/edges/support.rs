//! Servers on loopback ports, and a gRPC service without generated code.

use std::{
    convert::Infallible,
    future::Future,
    net::SocketAddr,
    task::{Context, Poll},
};

use axum::Router;
use bytes::{Buf, BufMut};
use etiquette::{AtCapacity, Cancelled, CircuitOpen, RateLimited, Stopped, TimedOut};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tonic::{
    Request, Response, Status,
    body::Body,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    server::{Grpc, NamedService, UnaryService},
};
use tower::Service;

/// A port that answers, and where.
pub(crate) async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A port at which nobody listens any more.
pub(crate) async fn closed() -> SocketAddr {
    listener().await.1
}

/// Serves the router until the test ends.
pub(crate) async fn serve(app: Router) -> String {
    let (listener, address) = listener().await;
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/")
}

/// Hands every connection to `answer`.
pub(crate) async fn raw<F>(answer: impl Fn(TcpStream) -> F + Send + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let (listener, address) = listener().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    format!("http://{address}/")
}

/// One of each.
pub(crate) fn stops(wait: Duration) -> [Stopped; 5] {
    [
        TimedOut::new("a::b", wait).into(),
        Cancelled::new("a::b").because("closing").into(),
        CircuitOpen::new("a::b", wait).into(),
        AtCapacity::new("a::b", None).into(),
        RateLimited::new("a::b", wait).into(),
    ]
}

/// Numbers as messages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbers;

impl Codec for Numbers {
    type Encode = u64;
    type Decode = u64;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Numbers {
    type Item = u64;
    type Error = Status;

    fn encode(&mut self, number: u64, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put_u64(number);
        Ok(())
    }
}

impl Decoder for Numbers {
    type Item = u64;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<u64>, Status> {
        Ok(Some(from.get_u64()))
    }
}

/// A service with one method, for every path: a number in, a number out.
#[derive(Clone)]
pub(crate) struct Numbered<H>(pub(crate) H);

impl<H> NamedService for Numbered<H> {
    const NAME: &'static str = "test.Numbers";
}

/// The path of the method.
pub(crate) const METHOD: &str = "/test.Numbers/Ask";

impl<H, F> Service<http::Request<Body>> for Numbered<H>
where
    H: Fn(Request<u64>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Response<u64>, Status>> + Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let method = Method(self.0.clone());
        Box::pin(async move { Ok(Grpc::new(Numbers).unary(method, request).await) })
    }
}

struct Method<H>(H);

impl<H, F> UnaryService<u64> for Method<H>
where
    H: Fn(Request<u64>) -> F,
    F: Future<Output = Result<Response<u64>, Status>>,
{
    type Response = u64;
    type Future = F;

    fn call(&mut self, request: Request<u64>) -> F {
        (self.0)(request)
    }
}

/// Asks the service at `channel`.
pub(crate) async fn ask<C>(channel: C, request: Request<u64>) -> Result<u64, Status>
where
    C: tonic::client::GrpcService<Body>,
    C::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    C::ResponseBody: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    <C::ResponseBody as http_body::Body>::Error: Into<Box<dyn std::error::Error + Send + Sync>> + Send,
{
    let mut client = tonic::client::Grpc::new(channel);
    client
        .ready()
        .await
        .map_err(|error| Status::from_error(error.into()))?;
    let path = http::uri::PathAndQuery::from_static(METHOD);
    let answer = client.unary(request, path, Numbers).await?;
    Ok(answer.into_inner())
}
