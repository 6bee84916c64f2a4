//! A field whose value has no form in a span.

use etiquette::{Stopped, instrument_task};

struct Order;

#[instrument_task(fields(order))]
async fn fetch(order: Order) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(Order);
}
