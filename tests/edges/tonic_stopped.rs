//! A stop as a `tonic::Status`, here and at the client.

use std::{error::Error, io, sync::Arc, time::Duration};

use etiquette::{Class, Classify, Stopped};
use tonic::{
    Code, Request, Response, Status,
    transport::{Endpoint, Server, server::TcpIncoming},
};

use crate::support::{Numbered, ask, listener, stops};

const CODES: [Code; 5] = [
    Code::DeadlineExceeded,
    Code::Cancelled,
    Code::Unavailable,
    Code::ResourceExhausted,
    Code::ResourceExhausted,
];

#[test]
fn where_it_is_made_the_stop_decides() {
    let wait = Duration::from_micros(1001);
    for (stop, code) in stops(wait).into_iter().zip(CODES) {
        let status = Status::from(stop.clone());
        assert_eq!(
            (status.code(), status.message()),
            (code, stop.to_string().as_str())
        );
        assert_eq!(status.source().unwrap().downcast_ref(), Some(&stop));
        assert_eq!(status.class(), stop.class());
        let pushback = status.metadata().get("grpc-retry-pushback-ms");
        let pushback = pushback.map(|pushback| pushback.to_str().unwrap());
        // Rounded up.
        assert_eq!(pushback, stop.retry_after().map(|_| "2"));
    }
}

const WAIT: Duration = Duration::from_millis(250);

/// Is stopped in the way it is asked for.
async fn stopped(request: Request<u64>) -> Result<Response<u64>, Status> {
    let which = usize::try_from(request.into_inner()).unwrap();
    Err(Stopped::into(stops(WAIT)[which].clone()))
}

#[tokio::test]
async fn at_the_client_the_code_and_the_pushback_decide() {
    let (listener, address) = listener().await;
    let router = Server::builder().add_service(Numbered(stopped));
    tokio::spawn(router.serve_with_incoming(TcpIncoming::from(listener)));
    let channel = Endpoint::from_shared(format!("http://{address}"))
        .unwrap()
        .connect_lazy();
    let in_250ms = Class::TransientAfter(WAIT);
    for (number, class) in [
        Class::Transient,
        Class::Cancelled,
        in_250ms,
        // It was not said for how long.
        Class::Permanent,
        in_250ms,
    ]
    .into_iter()
    .enumerate()
    {
        let request = Request::new(u64::try_from(number).unwrap());
        let status = ask(channel.clone(), request).await.unwrap_err();
        assert_eq!((status.code(), status.class()), (CODES[number], class));
        assert_eq!(status.message(), stops(WAIT)[number].to_string());
    }
}

#[test]
fn an_io_error_that_caused_it_decides_where_it_says_more_than_the_code() {
    let caused = |code, cause: io::Error| {
        let mut status = Status::new(code, "caused");
        status.set_source(Arc::new(cause)).class()
    };
    assert_eq!(
        caused(Code::Unknown, io::ErrorKind::ConnectionReset.into()),
        Class::Transient
    );
    // What was refused was not this connection.
    assert_eq!(
        caused(Code::Internal, io::ErrorKind::ConnectionRefused.into()),
        Class::Transient
    );
    assert_eq!(
        caused(Code::Internal, io::ErrorKind::NotFound.into()),
        Class::Permanent
    );
    assert_eq!(
        caused(Code::Unavailable, io::ErrorKind::NotFound.into()),
        Class::Transient
    );
    let [timed_out, cancelled, ..] = stops(WAIT).map(io::Error::from);
    assert_eq!(caused(Code::Unknown, timed_out), Class::Transient);
    assert_eq!(caused(Code::Unknown, cancelled), Class::Cancelled);
}
