//! `clone(…)` needs `Clone`.

use etiquette::{Stopped, retry};

struct Body;

#[retry(clone(body))]
async fn fetch(body: Body) -> Result<(), Stopped> {
    drop(body);
    Ok(())
}

fn main() {
    let _ = fetch(Body);
}
