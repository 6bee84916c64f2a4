//! One decision is enough.

use etiquette::Classify;

#[derive(Debug, Classify)]
enum Error {
    #[transient]
    #[permanent]
    Busy,
    #[classify(inner)]
    #[not_sent]
    Io(std::io::Error),
}

fn main() {
    let _ = (Error::Busy, Error::Io(std::io::Error::other("")));
}
