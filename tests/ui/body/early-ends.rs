//! What ends a body early ends it with the declared type, also from inside a closure or a nested block.

use etiquette::{Stopped, instrument_task, retry, with_timeout};

#[retry]
async fn bare_return() -> Result<u32, Stopped> {
    return;
}

#[with_timeout(5s)]
async fn break_out_of_nothing() -> Result<u32, Stopped> {
    break;
}

#[instrument_task]
async fn question_mark_on_an_option(v: Vec<u32>) -> Result<u32, Stopped> {
    Ok(*v.first()?)
}

fn main() {
    let _ = (bare_return(), break_out_of_nothing(), question_mark_on_an_option(Vec::new()));
}
