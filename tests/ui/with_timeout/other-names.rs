//! Names that other libraries use, and slips.

use etiquette::{Stopped, with_timeout};

#[with_timeout(timeout = 5s, duration = 5s, limit = 5s, secs = 5, seconds = 5, ms = 5, millis = 5, after = 5s)]
async fn lengths() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(within = 5s, deadline = at, at = at)]
async fn points_in_time() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, on_error = f, on_timeout = f, map_err = f, default = 5)]
async fn answers() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, per_attempt, overall)]
async fn words() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, or_retrun = Ok(()))]
async fn misspelt() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, totl)]
async fn misspelt_word() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, total = true)]
async fn word_with_a_value() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (lengths(), points_in_time(), answers(), words());
    let _ = (misspelt(), misspelt_word(), word_with_a_value());
}
