//! `#[classify(…)]` on a variant asks the error inside, and nothing else.

use etiquette::Classify;

#[derive(Classify)]
enum Error {
    #[classify(outer)]
    Outer(std::io::Error),
    #[classify]
    Bare(std::io::Error),
    #[classify(inner, transient)]
    Both(std::io::Error),
}

fn main() {
    let io = || std::io::Error::other("");
    let _ = (Error::Outer(io()), Error::Bare(io()), Error::Both(io()));
}
