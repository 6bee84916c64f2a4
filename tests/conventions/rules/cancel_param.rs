//! Breaks `cancel_param`.

#[etiquette::conventions]
pub async fn clean_job() { //~ cancel_param
    tokio::task::yield_now().await;
}
