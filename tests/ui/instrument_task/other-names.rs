//! Names from `tracing::instrument` and other libraries, and slips.

use etiquette::{Stopped, instrument_task};

#[instrument_task(skip_all, skip(password))]
async fn arguments_to_leave_out(password: String) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(err_debug, tag = "a", args(id), properties(id), short_name)]
async fn of_other_libraries(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(feilds(id))]
async fn misspelt(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(shape = "round")]
async fn unknown() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task("fetch")]
async fn bare_name() -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(level = debug, level = info)]
async fn twice() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (arguments_to_leave_out(String::new()), of_other_libraries(1));
    let _ = (misspelt(1), unknown(), bare_name(), twice());
}
