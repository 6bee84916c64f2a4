//! Breaks `detached_spawn`.

#[etiquette::conventions]
pub async fn start() {
    tokio::spawn(tokio::task::yield_now()); //~ detached_spawn
}
