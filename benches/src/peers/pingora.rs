//! pingora-timeout, which arms its timer when the body is first pending, on a thread of its own.

use crate::subject::{Error, Outcome, TOTAL, never, once, ready};

macro_rules! each {
    ($($timeout:ident: $body:ident)*) => {$(
        pub(crate) async fn $timeout(x: u64) -> Outcome {
            match pingora_timeout::timeout(TOTAL, $body(x)).await {
                Ok(out) => out,
                Err(_) => Err(Error::TimedOut),
            }
        }
    )*};
}

each! {
    timeout_ready: ready
    timeout_once: once
    timeout_never: never
}
