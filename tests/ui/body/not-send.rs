//! A body that is not `Send` is found where that is asked for, and the note points into the body.

use etiquette::{Stopped, with_timeout};
use std::rc::Rc;

#[with_timeout(5s)]
async fn fetch() -> Result<(), Stopped> {
    let local = Rc::new(1);
    tokio::task::yield_now().await;
    drop(local);
    Ok(())
}

fn spawn(_: impl Future + Send) {}

fn main() {
    spawn(fetch());
}

// H116
