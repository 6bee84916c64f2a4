//! `err` logs an error, and there is none.

use etiquette::instrument_task;

#[instrument_task(err)]
async fn number() -> u32 {
    3
}

#[instrument_task(err)]
async fn unit() {}

fn main() {
    let _ = (number(), unit());
}
