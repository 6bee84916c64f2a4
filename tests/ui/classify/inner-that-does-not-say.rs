//! The error inside has no class itself.

use etiquette::Classify;

#[derive(Debug, Classify)]
enum Error {
    #[classify(inner)]
    Text(std::fmt::Error),
}

fn main() {
    let _ = Error::Text(std::fmt::Error);
}
