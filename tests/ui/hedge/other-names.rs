//! Names that other libraries use: each is answered with what to write.

use etiquette::{Stopped, hedge};

#[hedge(delay = 50ms)]
async fn delay() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(hedging_delay = 50ms, max_hedged_attempts = 1)]
async fn polly() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms, hedges = 1, max_attempts = 2)]
async fn counts() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(afer = 50ms)]
async fn misspelt() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (delay(), polly(), counts(), misspelt());
}

// H162
