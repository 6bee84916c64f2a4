//! A method without a body: attributes there would not reach its implementations.

use etiquette::{Stopped, with_timeout};

trait Native {
    #[with_timeout(5s)]
    async fn fetch(&self) -> Result<(), Stopped>;
}

#[async_trait::async_trait]
trait Boxed {
    #[with_timeout(5s)]
    async fn fetch(&self) -> Result<(), Stopped>;
}

struct Service;

impl Native for Service {
    async fn fetch(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn boxed(service: &dyn Boxed) {
    let _ = service.fetch();
}

fn main() {
    let _ = Service.fetch();
    let _ = boxed;
}

// H106, H109
