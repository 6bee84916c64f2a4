//! `err` prints the error, `ret` the value.

use etiquette::instrument_task;

struct Error;

#[instrument_task(err)]
async fn err() -> Result<(), Error> {
    Err(Error)
}

#[instrument_task(ret)]
async fn ret() -> Error {
    Error
}

fn main() {
    let _ = (err(), ret());
}
