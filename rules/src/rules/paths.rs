//! Small questions about paths that several rules ask.

/// The last word of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// tokio's functions that start a task on the runtime.
pub(super) fn is_tokio_spawn(path: &str) -> bool {
    matches!(
        path,
        "tokio::spawn" | "tokio::task::spawn" | "tokio::task::spawn_local"
    )
}
