//! `derive(Classify)` in all its forms.

use crate::support::{ms, secs};
use etiquette::{Cancelled, Class, Classify, Stopped};
use std::error::Error as StdError;
use std::io::{self, ErrorKind};
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
#[error("inner")]
struct Inner(Class);

impl Classify for Inner {
    fn class(&self) -> Class {
        self.0
    }
}

#[test]
fn a_variant_says_it_by_a_word() {
    #[derive(Classify)]
    #[expect(dead_code, reason = "only the class is looked at")]
    enum Error {
        #[transient]
        Unit,
        #[transient]
        Tuple(u8, String),
        #[permanent]
        Named { code: u16 },
        #[not_sent]
        NotSent,
        #[cfg(any())]
        #[permanent]
        NotThere(NoSuchType),
    }
    assert_eq!(Error::Unit.class(), Class::Transient);
    assert_eq!(Error::Tuple(1, String::new()).class(), Class::Transient);
    assert_eq!(Error::Named { code: 400 }.class(), Class::Permanent);
    assert_eq!(Error::NotSent.class(), Class::NotSent);
}

#[test]
fn a_hint_is_a_field_by_name_by_number_or_what_a_function_says() {
    #[derive(Classify)]
    enum Error {
        #[transient(after = retry_after)]
        Named { retry_after: Duration, _code: u8 },
        #[transient(after = maybe)]
        Maybe { maybe: Option<Duration> },
        #[transient(after = 1)]
        Numbered(#[expect(dead_code, reason = "the other one counts")] u8, Duration),
        #[transient(after = Error::asked)]
        Path(u64),
        #[transient(after = |error: &Error| error.asked().map(|after| after * 2))]
        Closure(u64),
    }
    impl Error {
        fn asked(&self) -> Option<Duration> {
            match self {
                Self::Path(0) | Self::Closure(0) => None,
                Self::Path(wait) | Self::Closure(wait) => Some(secs(*wait)),
                _ => unreachable!("asked of another variant"),
            }
        }
    }
    let after = Class::TransientAfter;
    assert_eq!(
        Error::Named {
            retry_after: ms(5),
            _code: 1
        }
        .class(),
        after(ms(5))
    );
    assert_eq!(Error::Maybe { maybe: Some(ms(6)) }.class(), after(ms(6)));
    assert_eq!(Error::Maybe { maybe: None }.class(), Class::Transient);
    assert_eq!(Error::Numbered(1, ms(7)).class(), after(ms(7)));
    assert_eq!(Error::Path(3).class(), after(secs(3)));
    assert_eq!(Error::Path(0).class(), Class::Transient);
    assert_eq!(Error::Closure(3).class(), after(secs(6)));
}

#[test]
fn inner_asks_the_one_error_inside() {
    #[derive(Debug, thiserror::Error, Classify)]
    enum Error {
        #[error("only")]
        #[classify(inner)]
        Only(Inner),
        #[error("from")]
        #[classify(inner)]
        From(#[from] io::Error),
        #[error("marked")]
        #[classify(inner)]
        Marked(u8, #[source] Inner),
        #[error("named source")]
        #[classify(inner)]
        Named { code: u8, source: Inner },
        #[error("boxed")]
        #[classify(inner)]
        Boxed(Box<dyn StdError + Send + Sync>),
    }
    for class in [
        Class::NotSent,
        Class::Transient,
        Class::TransientAfter(ms(5)),
        Class::Permanent,
        Class::Cancelled,
    ] {
        assert_eq!(Error::Only(Inner(class)).class(), class);
        assert_eq!(Error::Marked(1, Inner(class)).class(), class);
        assert_eq!(
            Error::Named {
                code: 1,
                source: Inner(class)
            }
            .class(),
            class
        );
    }
    assert_eq!(
        Error::from(io::Error::from(ErrorKind::ConnectionReset)).class(),
        Class::Transient
    );
    assert_eq!(
        Error::Boxed(Stopped::from(Cancelled::new("f")).into()).class(),
        Class::Cancelled
    );
}

#[test]
fn otherwise_decides_for_the_rest() {
    #[derive(Classify)]
    #[classify(otherwise = permanent)]
    enum Strict {
        #[transient]
        Busy,
        Other,
    }
    #[derive(Classify)]
    #[classify(otherwise = transient)]
    enum Hopeful {
        Other,
    }
    #[derive(Classify)]
    #[classify(otherwise = not_sent)]
    enum Early {
        Other,
    }
    assert_eq!(Strict::Busy.class(), Class::Transient);
    assert_eq!(Strict::Other.class(), Class::Permanent);
    assert_eq!(Hopeful::Other.class(), Class::Transient);
    assert_eq!(Early::Other.class(), Class::NotSent);
}

#[test]
fn structs_generics_and_empty_enums_derive_too() {
    #[derive(Classify)]
    #[transient]
    struct Unit;
    #[derive(Classify)]
    #[transient(after = wait)]
    struct Named {
        wait: Duration,
    }
    #[derive(Classify)]
    #[classify(inner)]
    struct Wrapper<E: Classify>(E);
    #[derive(Classify)]
    #[classify(crate = ::etiquette)]
    #[permanent]
    struct Renamed;
    #[derive(Classify)]
    enum Never {}
    #[derive(Classify)]
    enum Generic<'a, T, E>
    where
        E: Classify,
    {
        #[permanent]
        Value(#[expect(dead_code, reason = "only the class is looked at")] &'a T),
        #[classify(inner)]
        Inner(E),
    }
    fn classifies<E: Classify>() {}
    assert_eq!(Unit.class(), Class::Transient);
    assert_eq!(Named { wait: ms(5) }.class(), Class::TransientAfter(ms(5)));
    assert_eq!(Wrapper(Inner(Class::NotSent)).class(), Class::NotSent);
    assert_eq!(Renamed.class(), Class::Permanent);
    classifies::<Never>();
    assert_eq!(Generic::<u8, Inner>::Value(&1).class(), Class::Permanent);
    assert_eq!(
        Generic::<u8, Inner>::Inner(Inner(Class::Cancelled)).class(),
        Class::Cancelled
    );
}
