//! A task may move to another thread: what the body holds over an await has to be `Send`, and so has its value.

use etiquette::{Stopped, shield};
use std::rc::Rc;

#[shield]
async fn argument(shared: Rc<u32>) -> Result<u32, Stopped> {
    tokio::task::yield_now().await;
    Ok(*shared)
}

#[shield]
async fn local() -> Result<u32, Stopped> {
    let shared = Rc::new(1);
    tokio::task::yield_now().await;
    Ok(*shared)
}

#[shield]
async fn value() -> Result<Rc<u32>, Stopped> {
    Ok(Rc::new(1))
}

fn main() {
    let _ = (argument(Rc::new(1)), local());
    drop(value());
}
