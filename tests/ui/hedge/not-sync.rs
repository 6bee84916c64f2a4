//! Two runs share an argument that may not be shared between threads, and the call is spawned.

use etiquette::{Stopped, hedge};
use std::cell::Cell;

#[hedge(after = 50ms)]
async fn fetch(count: Cell<u32>) -> Result<u32, Stopped> {
    count.set(count.get() + 1);
    tokio::task::yield_now().await;
    Ok(count.get())
}

#[hedge(after = 50ms)]
async fn boxed(ready: Box<dyn Fn() -> bool + Send>) -> Result<bool, Stopped> {
    Ok(ready())
}

fn main() {
    drop(tokio::spawn(fetch(Cell::new(0))));
    drop(tokio::spawn(boxed(Box::new(|| true))));
}
