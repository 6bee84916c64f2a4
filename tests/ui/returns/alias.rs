//! The same behind an alias, and the alias of something that is no `Result`.

use etiquette::with_timeout;

#[derive(Debug)]
enum Error {
    Bad,
}

type Result<T> = std::result::Result<T, Error>;
type Maybe = Option<u8>;

#[with_timeout(5s)]
async fn result() -> Result<()> {
    Err(Error::Bad)
}

#[with_timeout(5s)]
async fn option() -> Maybe {
    None
}

fn main() {
    let _ = (result(), option());
}
