//! Options that the span takes as they are, with values it cannot have.

use etiquette::{Stopped, instrument_task};

#[instrument_task(level = Level::LOUD)]
async fn level() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(follows_from = 5)]
async fn follows_from() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (level(), follows_from());
}
