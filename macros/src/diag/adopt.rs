//! darling's errors in our words.
//!
//! darling knows which option is unknown, which is written twice, and which name was probably meant; it says so in its
//! own voice and for any attribute. Here each of its errors becomes one of ours.

use super::{Diagnostic, Diagnostics};

/// The words of one attribute.
pub(crate) struct Vocabulary {
    /// The attribute's name.
    pub(crate) attribute: &'static str,
    /// A short, correct use of it.
    pub(crate) example: &'static str,
    /// Its options' names.
    pub(crate) keys: Vec<&'static str>,
    /// Names that other libraries, or earlier versions, use: each with what to write today.
    pub(crate) former: &'static [(&'static str, &'static str)],
    /// How the value without a name is called inside; no user has ever typed it.
    pub(crate) positional: &'static str,
}

/// Reports every error in `error` as an error about the options in `words`.
pub(crate) fn adopt(error: darling::Error, words: &Vocabulary, diagnostics: &Diagnostics) {
    for error in error.flatten() {
        let span = error.span();
        let text = error.to_string();
        let name = quoted(&text, 0).unwrap_or_default();
        let diagnostic = if text.starts_with("Unknown field") {
            words.unknown(span, name, quoted(&text, 1))
        } else if text.starts_with("Duplicate field") && name == words.positional {
            Diagnostic::at(span, format_args!("`#[{}]` takes one value", words.attribute))
                .help(format_args!("keep one: `{}`", words.example))
        } else if text.starts_with("Duplicate field") {
            Diagnostic::at(span, format_args!("option `{name}` is given twice")).help("keep one of the two")
        } else {
            Diagnostic::at(span, lower_first(&text))
        };
        diagnostics.push(diagnostic);
    }
}

impl Vocabulary {
    fn unknown(&self, span: proc_macro2::Span, name: &str, meant: Option<&str>) -> Diagnostic {
        let rule = format!("unknown option `{name}` for `#[{}]`", self.attribute);
        let diagnostic = Diagnostic::at(span, rule);
        if let Some((_, today)) = self.former.iter().find(|(old, _)| *old == name) {
            return diagnostic.help(today);
        }
        match meant {
            Some(meant) if meant != self.positional && is_a_slip(name, meant) => {
                diagnostic.help(format_args!("did you mean `{meant}`?"))
            }
            _ => {
                let known: Vec<String> = self.keys.iter().map(|key| format!("`{key}`")).collect();
                diagnostic.help(format_args!("its options are {}", known.join(", ")))
            }
        }
    }
}

/// Fingers slip after the first letter: `shape` resembles `crate`, and was not meant to be.
fn is_a_slip(written: &str, meant: &str) -> bool {
    written.chars().next() == meant.chars().next()
}

/// The `n`th text between backticks.
fn quoted(text: &str, n: usize) -> Option<&str> {
    text.split('`').skip(1).step_by(2).nth(n)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}
