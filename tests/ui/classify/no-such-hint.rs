//! A hint that is neither a field nor a function.

use etiquette::Classify;
use std::time::Duration;

#[derive(Classify)]
enum Error {
    #[transient(after = retry_aftr)]
    Busy { retry_after: Duration },
}

fn main() {
    let _ = Error::Busy { retry_after: Duration::ZERO };
}
