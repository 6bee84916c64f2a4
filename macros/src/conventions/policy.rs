//! The policy of the crate that is being compiled, and the text around the attribute.

use super::cache;
use etiquette_rules::{Engine, ItemSource};
use proc_macro2::Span;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The nearest `etiquette.toml` from the crate's folder upwards; without one, the `server` preset.
///
/// Every mistake in it otherwise, each with its file and line.
pub(super) fn engine() -> Result<Arc<Engine>, Vec<String>> {
    let Some(folder) = folder() else {
        return Ok(Arc::default());
    };
    cache::engine(&folder).map_err(|mistakes| mistakes.0.iter().map(ToString::to_string).collect())
}

/// Whether this attribute is to speak of the policy itself.
pub(super) fn speaks() -> bool {
    let here = Span::call_site();
    match (folder(), here.local_file()) {
        (Some(folder), Some(file)) => cache::speaks(&folder, &file, here.start().line),
        _ => true,
    }
}

/// Of the crate that is being compiled.
fn folder() -> Option<PathBuf> {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

/// The file that the attribute stands in. An editor may not tell; then only what is spelled out is known.
pub(super) fn source() -> ItemSource {
    let here = Span::call_site();
    let Some(path) = here.local_file() else {
        return ItemSource::default();
    };
    // The compiler's paths start from where it was started.
    let path = std::env::current_dir().map_or_else(|_| path.clone(), |started| started.join(&path));
    ItemSource {
        text: cache::source_text(&path),
        path: folder().map_or_else(|| path.clone(), |folder| seen_from(&folder, &path)),
        line: here.start().line,
    }
}

/// `path` as a path that begins with `folder`, where a link hides that it does: scopes go by the policy's folder.
fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    if path.starts_with(folder) {
        return path.to_owned();
    }
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(real), Ok(file)) => match file.strip_prefix(&real) {
            Ok(inside) => folder.join(inside),
            Err(_) => path.to_owned(),
        },
        _ => path.to_owned(),
    }
}
