//! There is nothing to set, and one is enough.

use etiquette::{Stopped, shield};

#[shield(true)]
async fn a_word() -> Result<(), Stopped> {
    Ok(())
}

#[shield(timeout = 5s)]
async fn a_limit() -> Result<(), Stopped> {
    Ok(())
}

#[shield]
#[shield]
async fn twice() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_word(), a_limit(), twice());
}
