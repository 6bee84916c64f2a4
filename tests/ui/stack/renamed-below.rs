//! A renamed import below another attribute: the stack above cannot know that it is coming.

use etiquette::retry as again;
use etiquette::{Stopped, cancellable};
use tokio_util::sync::CancellationToken;

#[cancellable]
#[again(attempts = 3)]
async fn fetch(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(CancellationToken::new());
}

// H148
