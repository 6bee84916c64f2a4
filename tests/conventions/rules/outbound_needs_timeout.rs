//! Breaks `outbound_needs_timeout`.

#[etiquette::conventions]
pub async fn fetch_rates() { //~ outbound_needs_timeout
    tokio::task::yield_now().await;
}
