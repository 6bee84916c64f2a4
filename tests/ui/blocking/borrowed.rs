//! What may be gone before a body on a thread is done.

use etiquette::{Stopped, blocking};

struct Client(u32);

impl Client {
    #[blocking]
    async fn shared(&self) -> Result<u32, Stopped> {
        Ok(self.0)
    }
}

#[blocking]
async fn text(a: &str) -> Result<usize, Stopped> {
    Ok(a.len())
}

#[blocking]
async fn exclusively(ids: &mut Vec<u32>) -> Result<(), Stopped> {
    ids.clear();
    Ok(())
}

fn main() {
    drop(Client(1).shared());
    let _ = (text(""), exclusively(&mut Vec::new()));
}

// H24
