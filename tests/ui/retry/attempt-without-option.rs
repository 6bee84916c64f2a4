//! The body sees the attempt only by the name that `attempt =` gives it.

use etiquette::{Stopped, retry};

#[retry(attempts = 3)]
async fn not_asked_for() -> Result<u32, Stopped> {
    Ok(attempt.number)
}

#[retry(attempts = 3, attempt = at)]
async fn other_name() -> Result<u32, Stopped> {
    Ok(attempt.number + at.number)
}

fn main() {
    let _ = (not_asked_for(), other_name());
}
