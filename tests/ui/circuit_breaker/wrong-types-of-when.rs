//! `when =` takes a reference to the error, and answers whether it counts.

use etiquette::{Stopped, circuit_breaker};

#[circuit_breaker(when = |error| error.operation())]
async fn answers_with_a_text() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(when = |error: &String| error.is_empty())]
async fn asks_of_another_error() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(or_return = None, when = |error| error.is_some())]
async fn has_no_error() -> Option<u32> {
    None
}

#[circuit_breaker(when = |error| error.is_busy())]
async fn no_such_method() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(when = is_busy)]
async fn no_such_function() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (
        answers_with_a_text(),
        asks_of_another_error(),
        has_no_error(),
        no_such_method(),
        no_such_function(),
    );
}
