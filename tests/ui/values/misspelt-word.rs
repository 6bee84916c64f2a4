//! Words that are none of those an option knows: they are looked up as names.

use etiquette::{Stopped, retry};

#[retry(jitter = ful)]
async fn jitter() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when = trasient)]
async fn when() -> Result<(), Stopped> {
    Ok(())
}

#[retry(budget = nothing)]
async fn budget() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = for_ever)]
async fn attempts() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (jitter(), when(), budget(), attempts());
}
