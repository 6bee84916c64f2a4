//! The block's error does not say which of its values are worth another try.

#[derive(Debug)]
struct Error;

async fn fetch() -> Result<(), Error> {
    etiquette::retrying!(attempts = 3, async { Err(Error) }).await
}

fn main() {
    let _ = fetch();
}
