//! A hint is a `Duration` or an `Option<Duration>`.

use etiquette::Classify;

#[derive(Classify)]
enum Error {
    #[transient(after = seconds)]
    Seconds { seconds: u64 },
}

fn main() {
    let _ = Error::Seconds { seconds: 1 };
}
