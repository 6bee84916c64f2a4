//! Breaks `blocking_process`.

use std::process::Command;

#[etiquette::conventions]
pub async fn list() -> std::io::Result<Vec<u8>> {
    Ok(Command::new("ls").output()?.stdout) //~ blocking_process
}
