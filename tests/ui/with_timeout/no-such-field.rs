//! A limit that is not there: rustc's own error, on the user's own word.

use etiquette::{Stopped, with_timeout};

struct Service;

impl Service {
    #[with_timeout(self.limit)]
    async fn serve(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = Service.serve();
}
