//! Hints that say no pause.

use etiquette::Classify;
use std::time::Duration;

#[derive(Classify)]
enum Error {
    #[transient(before = wait)]
    Unknown { wait: Duration },
    #[transient()]
    Empty { wait: Duration },
    #[transient(after)]
    NoValue { wait: Duration },
    #[permanent(after = wait)]
    Permanent { wait: Duration },
    #[not_sent = 5]
    NotSent,
}

fn main() {
    let wait = Duration::ZERO;
    let _ = (Error::Unknown { wait }, Error::Empty { wait }, Error::NoValue { wait }, Error::Permanent { wait });
    let _ = Error::NotSent;
}
