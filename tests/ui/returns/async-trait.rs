//! The same under `#[async_trait]`, whose return type is inside a box.

use etiquette::with_timeout;

#[derive(Debug)]
struct Error;

#[async_trait::async_trait]
trait Fetch {
    async fn fetch(&self) -> Result<(), Error>;
    async fn count(&self) -> u32;
}

struct Service;

#[async_trait::async_trait]
impl Fetch for Service {
    #[with_timeout(5s)]
    async fn fetch(&self) -> Result<(), Error> {
        Err(Error)
    }

    #[with_timeout(5s)]
    async fn count(&self) -> u32 {
        3
    }
}

fn main() {
    let _ = (Service.fetch(), Service.count());
}
