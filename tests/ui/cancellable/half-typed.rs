//! What an editor sees while a source or a limit is being typed: one error each.

use etiquette::{Stopped, cancellable, with_timeout};

struct Service;

impl Service {
    #[cancellable(self.)]
    async fn source(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[cancellable(future = )]
    async fn future(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[with_timeout(self.)]
    async fn limit(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[with_timeout(until)]
    async fn until(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = (Service.source(), Service.future(), Service.limit(), Service.until());
}

// H136
