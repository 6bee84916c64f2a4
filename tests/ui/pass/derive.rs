//! `derive(Classify)` in all its forms, and `retrying!` over it.

#![deny(warnings)]

use etiquette::{Class, Classify};
use std::time::Duration;

#[derive(Debug, Classify)]
#[classify(otherwise = permanent, crate = ::etiquette)]
enum Error {
    #[transient]
    Busy,
    #[transient(after = retry_after)]
    Limited { retry_after: Option<Duration> },
    #[not_sent]
    Refused,
    #[classify(inner)]
    Io(std::io::Error),
    #[classify(inner)]
    File { path: &'static str, source: std::io::Error },
    Other,
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let classes = [
        Error::Busy,
        Error::Limited { retry_after: Some(Duration::from_secs(1)) },
        Error::Refused,
        Error::Io(std::io::ErrorKind::NotFound.into()),
        Error::File { path: "a", source: std::io::ErrorKind::ConnectionReset.into() },
        Error::Other,
    ]
    .map(|error| error.class());
    let after = Class::TransientAfter(Duration::from_secs(1));
    let [busy, limited, refused, io, file, other] = classes;
    assert_eq!([busy, limited, refused], [Class::Transient, after, Class::NotSent]);
    assert_eq!([io, file, other], [Class::Permanent, Class::Transient, Class::Permanent]);

    let mut runs = 0;
    let out = etiquette::retrying!(attempts = 3, constant(1ms), async || -> Result<(), Error> {
        runs += 1;
        Err(Error::Busy)?;
        Ok(())
    })
    .await;
    assert!(matches!(out, Err(Error::Busy)));
    assert_eq!(runs, 3);
}
