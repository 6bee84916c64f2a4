//! A predicate by path that is about another error.

use etiquette::{Stopped, retry};

fn is_io(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::Other
}

#[retry(when = is_io)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
