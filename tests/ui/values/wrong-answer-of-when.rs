//! A predicate answers with a `bool` or a `Class`.

use etiquette::{Stopped, retry};

#[retry(when = |e| e.operation())]
async fn text() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when_result = |result| result.as_ref().ok())]
async fn option() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (text(), option());
}
