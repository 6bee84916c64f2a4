//! `clone(…)` of what is no parameter, what is no `Clone`, and what is `self`.

use etiquette::{Stopped, hedge};

struct Handle;

#[hedge(after = 50ms, clone(handel))]
async fn misspelt(handle: String) -> Result<usize, Stopped> {
    Ok(handle.len())
}

struct Client;

impl Client {
    #[hedge(after = 50ms, clone(self))]
    async fn itself(self) -> Result<(), Stopped> {
        drop(self);
        Ok(())
    }
}

fn main() {
    let _ = (misspelt(String::new()), Client.itself());
    let _ = Handle;
}
