//! Breaks `spawn_in_scope`.

use etiquette::Stopped;

#[etiquette::conventions]
#[etiquette::with_timeout(5s, inherit)]
pub async fn request() -> Result<(), Stopped> {
    tokio::spawn(tokio::task::yield_now()).await.ok(); //~ spawn_in_scope
    Ok(())
}
