//! `clone(…)` of an argument that has no `Clone`.

use etiquette::{Stopped, hedge};

struct Handle;

#[hedge(after = 50ms, clone(handle))]
async fn fetch(handle: Handle) -> Result<(), Stopped> {
    drop(handle);
    Ok(())
}

fn main() {
    let _ = fetch(Handle);
}
