//! A block whose `?` does not say which error it converts to.

use etiquette::Stopped;

async fn part() -> Result<(), Stopped> {
    Ok(())
}

async fn fetch() {
    let _ = etiquette::retrying!(attempts = 3, when = any, async {
        part().await?;
        Ok(1)
    })
    .await;
}

fn main() {
    let _ = fetch();
}
