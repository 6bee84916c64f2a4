//! Fields that no span can have.

use etiquette::{Stopped, instrument_task};

#[instrument_task(fields(self.id))]
async fn own_field_twice(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(fields(outcome = id))]
async fn recorded_by_the_span(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(fields(id = ))]
async fn no_value(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(fields(len(id)))]
async fn call(id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[instrument_task(fields(&id))]
async fn reference(id: u64) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (own_field_twice(1), recorded_by_the_span(1), no_value(1), call(1), reference(1));
}
