//! What the layer says in the handler's place.

use ::http::{HeaderValue, Request, Response, header::CONTENT_TYPE};

use crate::{Stopped, edges::grpc};

const GRPC: &str = "application/grpc";

/// The type of a call of gRPC: also `application/grpc+proto` and the like, and those of grpc-web.
pub(super) fn grpc_type<B>(request: &Request<B>) -> Option<HeaderValue> {
    let content = request.headers().get(CONTENT_TYPE)?;
    let rest = content.as_bytes().strip_prefix(GRPC.as_bytes())?;
    let is_grpc = matches!(rest.first(), None | Some(b'+' | b';')) || rest.starts_with(b"-web");
    is_grpc.then(|| content.clone())
}

/// In the type in which the request came, if that was gRPC's.
pub(super) fn to<B: Default>(stop: &Stopped, grpc_type: Option<HeaderValue>) -> Response<B> {
    match grpc_type {
        Some(content) => trailers_only(stop, content),
        None => crate::http::response(stop),
    }
}

/// A gRPC answer without a message has its status among the headers.
fn trailers_only<B: Default>(stop: &Stopped, content: HeaderValue) -> Response<B> {
    let mut response = Response::new(B::default());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content);
    headers.insert("grpc-status", grpc::code(stop).into());
    if let Some(wait) = stop.retry_after() {
        headers.insert(grpc::PUSHBACK, grpc::pushback(wait).into());
    }
    response.extensions_mut().insert(stop.clone());
    response
}
