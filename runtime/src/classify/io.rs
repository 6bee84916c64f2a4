//! `std::io::Error` by its kind.

use std::io::{Error, ErrorKind};

use super::{Class, Classify, known_in_chain};

impl Classify for Error {
    fn class(&self) -> Class {
        // An error that carries another (a `Stopped`, say) is what that one is.
        self.get_ref()
            .and_then(|inner| known_in_chain(inner))
            .unwrap_or_else(|| by_kind(self.kind()))
    }
}

fn by_kind(kind: ErrorKind) -> Class {
    match kind {
        ErrorKind::ConnectionRefused | ErrorKind::AddrNotAvailable => Class::NotSent,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected
        // A route can vanish below a connection, too: then what was sent may have arrived.
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::TimedOut
        | ErrorKind::Interrupted
        | ErrorKind::WouldBlock
        | ErrorKind::UnexpectedEof
        | ErrorKind::ResourceBusy => Class::Transient,
        _ => Class::Permanent,
    }
}
