//! Values that nobody can cancel by.

use etiquette::{Stopped, cancellable};
use std::sync::atomic::AtomicBool;

struct Service {
    id: u64,
    stop: AtomicBool,
}

impl Service {
    #[cancellable(self.id)]
    async fn number(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[cancellable(self.stop)]
    async fn flag(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[cancellable(self.stop)]
    async fn flag_of_a_service_that_changes(&mut self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let mut service = Service { id: 1, stop: AtomicBool::new(false) };
    let _ = (service.number(), service.flag());
    let _ = service.flag_of_a_service_that_changes();
}
