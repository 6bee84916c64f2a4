//! Words and numbers that are no tracing level.

use etiquette::{Stopped, instrument_task};

#[instrument_task(level = "loud")]
async fn quoted() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(level = warning)]
async fn bare() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(level = 9)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(err(level = loud))]
async fn nested() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (quoted(), bare(), number(), nested());
}
