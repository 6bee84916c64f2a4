//! How an operation is called in a sentence.

/// The last segment of a path: `fetch_user` for `app::users::fetch_user`.
///
/// A name given by hand may contain anything, so what does not look like a path is left whole.
pub(super) fn short(operation: &str) -> &str {
    match operation.rsplit_once("::") {
        Some((_, last)) if !last.is_empty() => last,
        _ => operation,
    }
}
