//! A source that is not there: rustc's own error, on the user's own word.

use etiquette::{Stopped, cancellable};

struct Service;

impl Service {
    #[cancellable(self.token)]
    async fn serve(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = Service.serve();
}
