//! Every variant, and every struct, needs a decision.

use etiquette::{Classify, retry};

#[derive(Debug, Classify)]
enum Error {
    #[transient]
    Busy,
    NotFound,
    #[permanent]
    Forbidden,
    Io(std::io::Error),
}

#[derive(Debug, Classify)]
struct Closed;

#[retry]
async fn fetch() -> Result<(), Error> {
    Err(Error::NotFound)
}

#[retry]
async fn close() -> Result<(), Closed> {
    Err(Closed)
}

fn main() {
    let _ = (fetch(), close(), Error::Busy, Error::Forbidden, Error::Io(std::io::Error::other("")));
}
