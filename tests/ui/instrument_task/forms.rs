//! Options in a form they do not have.

use etiquette::{Stopped, instrument_task};

#[instrument_task(fields = id)]
async fn fields(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(err = warn)]
async fn err() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(err(Debug, loud))]
async fn err_list() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(ret(Display, Debug))]
async fn ret_list() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(level)]
async fn level() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (fields(1), err(), err_list(), ret_list(), level());
}
