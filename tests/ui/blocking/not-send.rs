//! Another thread cannot have what is not `Send`.

use etiquette::{Stopped, blocking};
use std::rc::Rc;

#[blocking]
async fn argument(shared: Rc<u32>) -> Result<u32, Stopped> {
    Ok(*shared)
}

#[blocking]
async fn value() -> Result<Rc<u32>, Stopped> {
    Ok(Rc::new(1))
}

fn main() {
    drop((argument(Rc::new(1)), value()));
}
