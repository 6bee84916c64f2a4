//! Breaks `exempt_without_reason`.

#[etiquette::conventions]
pub async fn load() -> std::io::Result<Vec<u8>> {
    #[etiquette::exempt(blocking_fs)] //~ exempt_without_reason
    std::fs::read("settings.toml")
}
