//! Options that cannot all be meant.

use etiquette::{Stopped, hedge};

#[hedge(after = 50ms, budget = none, key = id)]
async fn key_without_budget(id: u32) -> Result<u32, Stopped> {
    Ok(id)
}

#[hedge(after = 50ms, budget = none)]
async fn parameter_named_like_a_word(none: u32) -> Result<u32, Stopped> {
    Ok(none)
}

#[hedge(after = 50ms, after = 60ms)]
async fn twice() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (key_without_budget(1), parameter_named_like_a_word(1), twice());
}
