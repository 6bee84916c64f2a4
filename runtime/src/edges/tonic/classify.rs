//! The class of a status: by what caused it on this machine, or else by what the server said.

use std::{error::Error, io, iter::successors, time::Duration};

use ::tonic::{Code, ConnectError, Status};

use crate::{Class, Classify, Stopped, edges::grpc::PUSHBACK};

/// The class of the [table](crate::tonic#what-a-status-means).
impl Classify for Status {
    fn class(&self) -> Class {
        by_cause(self)
            .or_else(|| by_cancellation(self))
            .or_else(|| by_pushback(self))
            .unwrap_or_else(|| by_code(self.code()))
    }
}

fn by_cause(status: &Status) -> Option<Class> {
    successors(status.source(), |&error| error.source()).find_map(|error| {
        if let Some(stop) = error.downcast_ref::<Stopped>() {
            return Some(stop.class());
        }
        if error.is::<ConnectError>() {
            return Some(Class::NotSent);
        }
        match error.downcast_ref::<io::Error>()?.class() {
            Class::Permanent => None,
            // There was a connection: what was refused is something else.
            Class::NotSent => Some(Class::Transient),
            class => Some(class),
        }
    })
}

/// tonic reports its timeouts as cancellations, and a connection that was closed; only the messages tell them apart.
fn by_cancellation(status: &Status) -> Option<Class> {
    match (status.code(), status.message()) {
        (Code::Cancelled, "Timeout expired") => Some(Class::Transient),
        // hyper's word, of a request that it could not hand over.
        (Code::Cancelled, "operation was canceled") if status.source().is_some() => Some(Class::Transient),
        (Code::Cancelled, _) => Some(Class::Cancelled),
        _ => None,
    }
}

/// gRFC A6: what is no number of milliseconds asks not to be called again at all.
fn by_pushback(status: &Status) -> Option<Class> {
    let wait = status.metadata().get(PUSHBACK)?;
    let millis = wait.to_str().ok().and_then(|text| text.parse().ok());
    Some(match millis {
        Some(millis) => Class::TransientAfter(Duration::from_millis(millis)),
        None => Class::Permanent,
    })
}

fn by_code(code: Code) -> Class {
    match code {
        Code::Unavailable | Code::DeadlineExceeded => Class::Transient,
        _ => Class::Permanent,
    }
}
