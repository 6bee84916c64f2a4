//! The same attributes on the methods of native async traits and of `#[async_trait]`, which can be made into objects.
//!
//! Look at where the attributes stand: on what has a body, an implementation or a default method.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use etiquette::{Classify, Stopped, retry, with_timeout};
use tokio::time::sleep;

#[derive(Debug, thiserror::Error, Classify)]
enum StoreError {
    #[error("the replica is behind")]
    #[transient]
    Behind,
    #[error(transparent)]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

/// Native: no box, and the compiler knows which implementation is meant.
trait Store {
    fn read(&self, key: &str) -> impl Future<Output = Result<String, StoreError>> + Send;

    /// A default body with a limit of its own.
    #[with_timeout(100ms)]
    async fn ping(&self) -> Result<(), StoreError> {
        sleep(Duration::from_secs(60)).await;
        Ok(())
    }
}

/// Behind twice before it answers.
#[derive(Default)]
struct Replica(AtomicU32);

impl Store for Replica {
    #[with_timeout(1s, total)]
    #[retry(attempts = 3, constant(5ms))]
    async fn read(&self, key: &str) -> Result<String, StoreError> {
        match self.0.fetch_add(1, Relaxed) {
            0 | 1 => Err(StoreError::Behind),
            reads => Ok(format!("{key}, at read {}", reads + 1)),
        }
    }
}

/// Boxed: one list holds what is different.
#[async_trait::async_trait]
trait Notifier: Send + Sync {
    async fn notify(&self, text: &str) -> Result<String, StoreError>;
}

/// Out of reach.
struct Pager;

#[async_trait::async_trait]
impl Notifier for Pager {
    #[with_timeout(50ms)]
    async fn notify(&self, _: &str) -> Result<String, StoreError> {
        std::future::pending().await
    }
}

#[etiquette::main]
async fn main() -> Result<(), StoreError> {
    let replica = Replica::default();
    println!("native: {}", replica.read("a key").await?);
    if let Err(StoreError::Stopped(stop)) = replica.ping().await {
        println!("its default method: {stop}");
    }
    let pager: Box<dyn Notifier> = Box::new(Pager);
    if let Err(error) = pager.notify("disk full").await {
        println!("boxed: {error}");
    }
    Ok(())
}
