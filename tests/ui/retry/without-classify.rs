//! An error that does not say which of its values are worth another try.

use etiquette::retry;

#[derive(Debug)]
enum Error {
    Busy,
}

#[retry]
async fn plain() -> Result<(), Error> {
    Err(Error::Busy)
}

#[retry(when = not_sent)]
async fn only_not_sent() -> Result<(), Error> {
    Err(Error::Busy)
}

fn main() {
    let _ = (plain(), only_not_sent());
}
