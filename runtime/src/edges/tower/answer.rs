//! What the layer says in the handler's place.

use ::http::{HeaderValue, Request, Response, header::CONTENT_TYPE};

use crate::{Stopped, edges::grpc};

const GRPC: &str = "application/grpc";

/// Also `application/grpc+proto` and the like, and grpc-web.
pub(super) fn is_grpc<B>(request: &Request<B>) -> bool {
    let content = request.headers().get(CONTENT_TYPE);
    content.is_some_and(|content| content.as_bytes().starts_with(GRPC.as_bytes()))
}

pub(super) fn to<B: Default>(stop: &Stopped, is_grpc: bool) -> Response<B> {
    match is_grpc {
        true => trailers_only(stop),
        false => crate::http::response(stop),
    }
}

/// A gRPC answer without a message has its status among the headers.
fn trailers_only<B: Default>(stop: &Stopped) -> Response<B> {
    let mut response = Response::new(B::default());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(GRPC));
    headers.insert("grpc-status", grpc::code(stop).into());
    if let Some(wait) = stop.retry_after() {
        headers.insert(grpc::PUSHBACK, grpc::pushback(wait).into());
    }
    response.extensions_mut().insert(stop.clone());
    response
}
