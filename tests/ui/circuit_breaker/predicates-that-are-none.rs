//! `when =` is asked about an error.

use etiquette::{Stopped, circuit_breaker};

#[circuit_breaker(when = any)]
async fn a_word() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(when = transient)]
async fn a_word_of_retry() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(when = true)]
async fn an_answer() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(abandoned = drop)]
async fn another_word() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(abandoned = true)]
async fn yes() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_word(), a_word_of_retry(), an_answer(), another_word(), yes());
}
