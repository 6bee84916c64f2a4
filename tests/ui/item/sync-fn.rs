//! Every attribute needs something that can wait.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};

#[cancellable]
fn cancelled() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
fn timed() -> Result<(), Stopped> {
    Ok(())
}

#[retry]
fn retried() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task]
fn instrumented() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s)]
#[retry]
pub fn stacked() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (cancelled(), timed(), retried(), instrumented(), stacked());
}

// H81
