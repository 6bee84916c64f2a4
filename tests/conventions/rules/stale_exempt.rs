//! Breaks `stale_exempt`.

#[etiquette::conventions]
#[etiquette::exempt(nested_runtime, reason = "there was a runtime once")] //~ stale_exempt
pub async fn load() -> std::io::Result<Vec<u8>> {
    tokio::fs::read("settings.toml").await
}
