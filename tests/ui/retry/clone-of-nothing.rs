//! `clone(…)` names parameters.

use etiquette::{Stopped, retry};

#[retry(clone(boddy))]
async fn misspelt(body: String, id: u64) -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone(body))]
async fn no_parameters() -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone(body, body))]
async fn twice(body: String) -> Result<(), Stopped> {
    Ok(())
}

#[retry(clone(&body))]
async fn expression(body: String) -> Result<(), Stopped> {
    Ok(())
}

struct Service;

impl Service {
    #[retry(clone(self))]
    async fn this(self) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() {
    let _ = (misspelt(String::new(), 1), no_parameters(), twice(String::new()), expression(String::new()));
    let _ = Service.this();
}
