//! Half of the libraries read `retry(3)` as three calls, half as four.

use etiquette::{Stopped, retry};

#[retry(3)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[retry(3, constant(1s))]
async fn number_and_more() -> Result<(), Stopped> {
    Ok(())
}

#[retry("3")]
async fn string() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (number(), number_and_more(), string());
}

// H162
