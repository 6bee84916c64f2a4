//! Limits that no call could have: each is answered with what was probably meant.

use etiquette::{Stopped, with_timeout};

#[with_timeout(0.5)]
async fn half_of_what() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout("30")]
async fn thirty_of_what() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(0s)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(-5s)]
async fn negative() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(-5)]
async fn negative_without_unit() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(99999999999999999999d)]
async fn overflowing() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5parsecs)]
async fn a_distance() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5u64)]
async fn an_integer_type() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout("soon")]
async fn a_word() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout("")]
async fn nothing() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(true)]
async fn a_bool() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (half_of_what(), thirty_of_what(), zero(), negative(), negative_without_unit(), overflowing());
    let _ = (a_distance(), an_integer_type(), a_word(), nothing(), a_bool());
}

// H154
