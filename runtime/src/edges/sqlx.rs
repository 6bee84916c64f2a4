//! sqlx (feature `sqlx`): what its errors mean for another try, and a stop as one of them.
//!
//! | error | class |
//! |---|---|
//! | `PoolTimedOut` | [`NotSent`](Class::NotSent): there was no connection to say it on |
//! | `Io` | as the [`io::Error`] is (a refused connection `NotSent`, a lost one `Transient`), or the [`Stopped`] in it |
//! | `WorkerCrashed` | [`Transient`](Class::Transient): the pool has other connections |
//! | `Database` with a code below | as there |
//! | every other: no row, a constraint, a closed pool, a wrong type or column, a protocol or TLS error | [`Permanent`](Class::Permanent) |
//!
//! | code | of | class |
//! |---|---|---|
//! | `5` busy, `6` locked, `15` locking protocol, also extended (`517` is a busy snapshot) | SQLite | `Transient` |
//! | `08001`, `08004` cannot connect | PostgreSQL, MySQL | `NotSent` |
//! | `53300` too many connections, `57P03` cannot connect now | PostgreSQL | `NotSent` |
//! | other `08…` connection lost | PostgreSQL, MySQL | `Transient` |
//! | `40001` serialization failure or deadlock | PostgreSQL, MySQL | `Transient` |
//! | `40P01` deadlock, `55P03` lock not available, `57014` query cancelled (`statement_timeout`), `57P01`, `57P02` shutdown | PostgreSQL | `Transient` |
//! | every other | | `Permanent` |
//!
//! ```
//! use etiquette::{Class, Classify, Stopped};
//!
//! #[derive(Debug, thiserror::Error, Classify)]
//! enum Error {
//!     #[error("database")]
//!     #[classify(inner)]
//!     Database(#[from] sqlx::Error),
//!     #[error("stopped")]
//!     #[classify(inner)]
//!     Stopped(#[from] Stopped),
//! }
//!
//! assert_eq!(Error::from(sqlx::Error::PoolTimedOut).class(), Class::NotSent);
//! assert_eq!(Error::from(sqlx::Error::RowNotFound).class(), Class::Permanent);
//! ```
//!
//! # Limits
//!
//! A conflict ends the transaction it happens in, so what is retried has to be the whole of it: begin the transaction
//! inside the function that has the `#[retry]`. MySQL's lock wait timeout (1205) has the code `HY000`, as a hundred
//! other errors do: it is `Permanent` here, and `when = |e| …` tells it by its number.
//! sqlx 0.9 needs Rust 1.94, later than the rest of etiquette.

use std::io;

use ::sqlx::{Error, error::DatabaseError};

use crate::{Class, Classify, Stopped};

/// The class of the [tables](self).
impl Classify for Error {
    fn class(&self) -> Class {
        match self {
            Self::PoolTimedOut => Class::NotSent,
            Self::WorkerCrashed => Class::Transient,
            Self::Io(error) => error.class(),
            Self::Database(error) => of_database(error.as_ref()),
            _ => Class::Permanent,
        }
    }
}

fn of_database(error: &dyn DatabaseError) -> Class {
    match error.code() {
        // SQLSTATE has five characters, a code of SQLite up to four digits.
        Some(code) if code.len() == 5 => of_sqlstate(&code),
        Some(code) => of_sqlite(&code),
        None => Class::Permanent,
    }
}

fn of_sqlstate(code: &str) -> Class {
    match code {
        "08001" | "08004" | "53300" | "57P03" => Class::NotSent,
        "40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P02" => Class::Transient,
        _ if code.starts_with("08") => Class::Transient,
        _ => Class::Permanent,
    }
}

fn of_sqlite(code: &str) -> Class {
    // The lowest byte is the primary code.
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(5 | 6 | 15) => Class::Transient,
        _ => Class::Permanent,
    }
}

/// [`Error::Io`] around the [`io::Error`] that the stop becomes: of the kind `TimedOut`, or `Other`.
///
/// The [`Stopped`] stays inside, and decides the class:
///
/// ```
/// use etiquette::{Cancelled, Class, Classify, Stopped};
///
/// let error = sqlx::Error::from(Stopped::from(Cancelled::new("app::save")));
/// assert_eq!(error.class(), Class::Cancelled);
/// let sqlx::Error::Io(error) = error else { panic!() };
/// assert!(error.downcast::<Stopped>().is_ok_and(|stop| stop.is_cancelled()));
/// ```
impl From<Stopped> for Error {
    fn from(stop: Stopped) -> Self {
        Self::Io(io::Error::from(stop))
    }
}
