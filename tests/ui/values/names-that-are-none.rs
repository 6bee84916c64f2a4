//! `name`, `crate`, `attempt` and `retry_timeouts` with values they cannot have.

use etiquette::{Stopped, instrument_task, retry, with_timeout};

const NAME: &str = "fetch";

#[retry(name = NAME)]
async fn constant() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, name = "")]
async fn empty() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(name = fetch)]
async fn bare() -> Result<(), Stopped> {
    Ok(())
}

#[retry(crate = "etiquette")]
async fn quoted_path() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempt = 3)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempt = self.at)]
async fn place() -> Result<(), Stopped> {
    Ok(())
}

#[retry(retry_timeouts = never)]
async fn word() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (constant(), empty(), bare(), quoted_path(), number(), place(), word(), NAME);
}
