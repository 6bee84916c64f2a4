//! `anyhow::Error` is classified by its chain, and only when asked.

use etiquette::retry;

#[retry]
async fn fetch() -> anyhow::Result<()> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
