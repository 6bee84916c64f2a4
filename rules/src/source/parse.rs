//! Text to syntax tree.

use super::Lines;
use super::prefilter::Words;
use super::scan::{Comment, scan, without_idle};
use super::with_room;

/// A parsed text and what was noticed on the way.
pub(crate) struct Parsed {
    pub(crate) tree: syn::File,
    /// The text that was parsed: the original with its idle parts blanked. Columns are counted in it.
    pub(crate) code: String,
    pub(crate) lines: Lines,
    pub(crate) comments: Vec<Comment>,
}

/// Parses a text and hands the tree to `f`, on a stack that is large enough. The tree stays inside: dropping it
/// needs the same stack.
pub(crate) fn parse<T: Send>(
    text: &str,
    words: &Words,
    f: impl FnOnce(Parsed) -> T + Send,
) -> Result<T, String> {
    let mut scan = scan(text, words);
    let code = without_idle(text, &scan);
    let comments = std::mem::take(&mut scan.comments);
    with_room(&scan, || {
        let tree = match syn::parse_file(&code) {
            Ok(tree) => tree,
            Err(error) => {
                let at = error.span().start();
                return Err(format!(
                    "does not parse: {error} (line {}, column {})",
                    at.line,
                    at.column + 1
                ));
            }
        };
        Ok(f(Parsed {
            tree,
            lines: Lines::new(text),
            code,
            comments,
        }))
    })?
}
