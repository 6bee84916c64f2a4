//! The same mistakes in the durations of `#[retry]`.

use etiquette::{Stopped, retry};

#[retry(constant(100))]
async fn without_unit() -> Result<(), Stopped> {
    Ok(())
}

#[retry(exponential(100, max = 10))]
async fn exponential_without_unit() -> Result<(), Stopped> {
    Ok(())
}

#[retry(delays(1s, 5, -1s))]
async fn one_of_several() -> Result<(), Stopped> {
    Ok(())
}

#[retry(max_elapsed = 30)]
async fn max_elapsed_without_unit() -> Result<(), Stopped> {
    Ok(())
}

#[retry(max_elapsed = 0s)]
async fn max_elapsed_of_zero() -> Result<(), Stopped> {
    Ok(())
}

#[retry(max_hint = 60)]
async fn max_hint_without_unit() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (without_unit(), exponential_without_unit(), one_of_several());
    let _ = (max_elapsed_without_unit(), max_elapsed_of_zero(), max_hint_without_unit());
}
