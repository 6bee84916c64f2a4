//! A bare `#[cancellable]` with nothing that could cancel.

use etiquette::{Stopped, cancellable};

#[cancellable]
async fn function(id: u64) -> Result<(), Stopped> {
    Ok(())
}

struct Service;

impl Service {
    #[cancellable]
    async fn method(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = (function(1), Service.method());
}
