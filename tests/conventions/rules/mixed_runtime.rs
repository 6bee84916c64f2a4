//! Breaks `mixed_runtime`.

#[etiquette::conventions]
pub async fn wait() {
    smol::Timer::after(std::time::Duration::from_secs(1)).await; //~ mixed_runtime
}
