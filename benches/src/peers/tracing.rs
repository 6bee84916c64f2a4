//! tracing's own attribute.

use crate::subject::{Outcome, never, once, ready};

macro_rules! each {
    ($($span:ident: $body:ident)*) => {$(
        #[tracing::instrument]
        pub(crate) async fn $span(x: u64) -> Outcome {
            $body(x).await
        }
    )*};
}

each! {
    span_ready: ready
    span_once: once
    span_never: never
}

#[tracing::instrument(err)]
pub(crate) async fn span_err(x: u64) -> Outcome {
    ready(x).await
}
