//! A body that owns `self`, below a layer that runs it more than once.

use etiquette::{Stopped, blocking, hedge, retry, shield};
use std::pin::Pin;
use std::sync::Arc;

struct Service(Vec<u32>);

impl Service {
    #[retry]
    #[blocking]
    async fn retried(self: Arc<Self>) -> Result<usize, Stopped> {
        Ok(self.0.len())
    }

    #[retry]
    #[shield]
    async fn shielded(self: Box<Self>) -> Result<usize, Stopped> {
        Ok(self.0.len())
    }

    #[hedge(after = 50ms)]
    #[blocking]
    async fn hedged(self: Pin<Arc<Self>>) -> Result<usize, Stopped> {
        Ok(self.0.len())
    }

    #[shield]
    async fn borrowed(self: Pin<&mut Self>) -> Result<usize, Stopped> {
        Ok(self.0.len())
    }
}

fn main() {}
