//! Values that cannot be meant, all at once.

use etiquette::{Stopped, rate_limit};

#[rate_limit(0, per = 1s, wait = none)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = 0s, burst = 0, wait = 0s)]
async fn zeros() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = 1, wait = 5)]
async fn no_units() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(0.5, per = 1s, burst = "10", wait = none)]
async fn no_whole_numbers() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = second, wait = none)]
async fn a_word() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = 1s, bursts = 10, wait = none, wait = 1s)]
async fn slips() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (zero(), zeros(), no_units(), no_whole_numbers(), a_word(), slips());
}
