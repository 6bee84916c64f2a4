//! A specialised method: the word is kept, and what is said of it is rustc's.

use etiquette::{Stopped, with_timeout};

trait Fetch {
    async fn fetch(&self) -> Result<(), Stopped>;
}

struct Service;

impl Fetch for Service {
    #[with_timeout(5s)]
    default async fn fetch(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = Service.fetch();
}

// H84
