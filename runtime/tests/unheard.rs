//! A process in which nobody listens: what is only for the log is not made. Alone in its binary, since whether anybody
//! listens is the whole process's.

#![cfg(feature = "tracing")]

use etiquette::__private as P;
use std::fmt::{Display, Formatter, Result as Printed};

struct NotPrinted;

impl Display for NotPrinted {
    fn fmt(&self, _: &mut Formatter<'_>) -> Printed {
        panic!("nobody reads it")
    }
}

#[test]
fn an_error_is_not_described_for_nobody() {
    assert_eq!(P::describe!(&Err::<(), _>(NotPrinted)), None);
}
