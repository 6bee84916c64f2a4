//! Breaks `blocking_fs`.

use std::fs;

#[etiquette::conventions]
pub async fn load() -> std::io::Result<Vec<u8>> {
    fs::read("settings.toml") //~ blocking_fs
}
