//! The codes of `etiquette::sqlx` that no SQLite file reports: other databases', said by a stand-in.

use std::{borrow::Cow, error::Error, fmt, io};

use etiquette::{Class, Classify};
use sqlx::error::{DatabaseError, ErrorKind};

/// What a driver reports with this code.
#[derive(Debug)]
struct Coded(Option<&'static str>);

impl fmt::Display for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl Error for Coded {}

impl DatabaseError for Coded {
    fn message(&self) -> &str {
        "coded"
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.0.map(Cow::Borrowed)
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

#[test]
fn by_sqlstate_and_by_sqlites_primary_code() {
    for (class, codes) in [
        (Class::NotSent, &["08001", "08004", "53300", "57P03"][..]),
        (
            Class::Transient,
            &[
                "08000", "08003", "08006", "08S01", "40001", "40P01", "55P03", "57014", "57P01", "57P02",
            ],
        ),
        (
            Class::Permanent,
            &["23505", "42P01", "HY000", "40002", "57P04", "53100"],
        ),
        // SQLite: 15 is the locking protocol, 773 a busy timeout; 9 an interrupt, 13 a full disk, 10 an I/O error.
        (Class::Transient, &["15", "773"]),
        (Class::Permanent, &["0", "9", "10", "13", "8458", "no number"]),
    ] {
        for code in codes {
            assert_eq!(sqlx::Error::from(Coded(Some(code))).class(), class, "{code}");
        }
    }
    assert_eq!(sqlx::Error::from(Coded(None)).class(), Class::Permanent);
}

#[test]
fn the_other_kinds() {
    assert_eq!(sqlx::Error::WorkerCrashed.class(), Class::Transient);
    for (kind, class) in [
        (io::ErrorKind::ConnectionRefused, Class::NotSent),
        (io::ErrorKind::ConnectionReset, Class::Transient),
        (io::ErrorKind::PermissionDenied, Class::Permanent),
    ] {
        assert_eq!(sqlx::Error::Io(kind.into()).class(), class);
    }
    for permanent in [
        sqlx::Error::Protocol("garbled".to_owned()),
        sqlx::Error::Tls("no certificate".into()),
        sqlx::Error::Encode("no text".into()),
        sqlx::Error::InvalidArgument("no port".to_owned()),
        sqlx::Error::BeginFailed,
    ] {
        assert_eq!(permanent.class(), Class::Permanent, "{permanent:?}");
    }
}
