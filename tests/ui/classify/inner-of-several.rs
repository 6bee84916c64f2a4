//! `inner` asks the one error inside.

use etiquette::Classify;

#[derive(Debug, Classify)]
enum Error {
    #[classify(inner)]
    Two(std::io::Error, std::io::Error),
    #[classify(inner)]
    Named { path: String, error: std::io::Error },
    #[classify(inner)]
    None,
}

fn main() {
    let _ = Error::None;
}
