//! What an editor sees while an option is being typed.

use etiquette::{Stopped, retry};

#[retry(attempts = )]
async fn no_value() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = , constant(1s))]
async fn no_value_before_more() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts)]
async fn no_equals() -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone)]
async fn no_list() -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone())]
async fn empty_list() -> Result<(), Stopped> {
    Ok(())
}

#[retry(constant = 1s)]
async fn value_for_a_list() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts(3))]
async fn list_for_a_value() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when = |e| )]
async fn half_a_closure() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when = |e| e.)]
async fn half_a_method() -> Result<(), Stopped> {
    Ok(())
}

#[retry(retry_refused = true)]
async fn word_with_a_value() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (no_value(), no_value_before_more(), no_equals(), no_list(), empty_list());
    let _ = (value_for_a_list(), list_for_a_value(), half_a_closure(), half_a_method(), word_with_a_value());
}

// H136
