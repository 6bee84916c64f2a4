//! Blocking work where it belongs: in a pool of one's own, at the start, and in commands.

use std::path::Path;

/// The helper through which everything that blocks goes.
pub(super) mod pool {
    use tokio::sync::Semaphore;

    static OPEN_FILES: Semaphore = Semaphore::const_new(64);

    pub(in super::super) async fn call_with_permit<T: Send + 'static>(
        work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
    ) -> std::io::Result<T> {
        let _permit = OPEN_FILES.acquire().await.map_err(std::io::Error::other)?;
        tokio::task::spawn_blocking(work).await?
    }
}

// RW37: through the pool.
pub(super) async fn read(path: &Path) -> std::io::Result<String> {
    let path = path.to_owned();
    crate::kept::blocks::pool::call_with_permit(move || std::fs::read_to_string(path)).await
}

// RW38: a command has nobody to hold up.
pub(super) async fn view_config(path: &Path) -> std::io::Result<usize> {
    let text = std::fs::read_to_string(path)?;
    tokio::task::yield_now().await;
    Ok(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_read() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert_eq!(
            read(&manifest).await.unwrap().len(),
            view_config(&manifest).await.unwrap()
        );
    }
}
