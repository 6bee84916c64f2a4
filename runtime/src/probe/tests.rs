use std::io;

use super::*;
use crate::{__private as P, Cancelled, Stopped};

macro_rules! class {
    ($out:expr) => {
        (&&&&&Probe($out)).__etq_class()
    };
}

macro_rules! is_err {
    ($out:expr) => {
        (&&Probe($out)).__etq_is_err()
    };
}

macro_rules! ok {
    ($out:expr) => {
        (&&Probe($out)).__etq_ok()
    };
}

macro_rules! text {
    ($out:expr) => {
        (&&&Probe($out)).__etq_text().to_string()
    };
}

/// Neither printable nor an error.
struct Opaque;

#[derive(Debug)]
struct Wrapper(Stopped);

impl Display for Wrapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wrapped")
    }
}

impl Error for Wrapper {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn cancelled() -> Stopped {
    Cancelled::new("a").into()
}

#[test]
fn finds_the_class_by_whatever_the_error_offers() {
    let io: io::Result<()> = Err(io::ErrorKind::ConnectionReset.into());
    assert_eq!(class!(&io), Some(Class::Transient), "Classify");
    let any: anyhow::Result<()> = Err(cancelled().into());
    assert_eq!(class!(&any), Some(Class::Cancelled), "AsRef<dyn Error>");
    let boxed: Result<(), Box<dyn Error + Send + Sync>> = Err(Box::new(cancelled()));
    assert_eq!(class!(&boxed), Some(Class::Cancelled), "boxed");
    let wrapper: Result<(), Wrapper> = Err(Wrapper(cancelled()));
    assert_eq!(class!(&wrapper), Some(Class::Cancelled), "Error::source");
    let opaque: Result<(), Opaque> = Err(Opaque);
    assert_eq!(class!(&opaque), None);
    let no_source: Result<(), fmt::Error> = Err(fmt::Error);
    assert_eq!(class!(&no_source), None);
    assert_eq!(class!(&3), None);
    assert_eq!(class!(&io::Result::Ok(3)), None);
}

#[test]
fn prints_errors_as_well_as_they_can_be() {
    assert_eq!(text!(&Err::<(), _>(Wrapper(cancelled()))), "wrapped");
    assert_eq!(text!(&Err::<(), _>(Some(3))), "Some(3)");
    assert_eq!(text!(&Err::<(), _>(Opaque)), "");
    assert_eq!(text!(&Ok::<_, Wrapper>(3)), "");
    assert_eq!(text!(&3), "");
}

#[test]
fn tells_results_from_other_values() {
    assert!(is_err!(&Err::<(), _>(Opaque)));
    assert!(!is_err!(&Ok::<_, Opaque>(())));
    assert!(!is_err!(&Opaque));
    assert_eq!(ok!(&Ok::<_, Opaque>(3)), Some(&3));
    assert_eq!(ok!(&Err::<u8, _>(Opaque)), None);
    assert_eq!(ok!(&Some(3)), Some(&Some(3)));
    assert!(P::error_of(&Err::<(), _>(3)) == Some(&3) && P::result_of(&3) == Some(&3));
}

#[cfg(feature = "tracing")]
#[test]
fn describes_what_can_be_printed_for_a_listener() {
    let out: Result<(), Wrapper> = Err(Wrapper(cancelled()));
    let listener = tracing_subscriber::fmt().with_writer(io::sink).finish();
    tracing::subscriber::with_default(listener, || {
        assert_eq!(P::describe!(&out).as_deref(), Some("wrapped"));
        assert_eq!(P::describe!(&Err::<(), _>(Opaque)), None);
    });
}
