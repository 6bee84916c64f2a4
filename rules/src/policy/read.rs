//! Typed values out of a policy file; each mistake is kept with its place and the reading goes on.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use super::{Place, Placed, PolicyError};
use crate::Position;
use crate::source::Lines;
use crate::suggest::closest;

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// One policy file being read.
pub(super) struct Reader<'t> {
    pub(super) path: &'t Path,
    pub(super) text: &'t str,
    lines: Lines,
    pub(super) errors: Vec<PolicyError>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(path: &'t Path, text: &'t str) -> Self {
        Self {
            path,
            text,
            lines: Lines::new(text),
            errors: Vec::new(),
        }
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        let position = |byte| self.lines.position(self.text, byte);
        Place {
            path: self.path.to_owned(),
            start: position(span.start),
            end: position(span.end),
        }
    }

    pub(super) fn error(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        let Position { line, column, .. } = self.lines.position(self.text, span.start);
        let error = PolicyError {
            path: self.path.to_owned(),
            line,
            column,
            message: message.into(),
            help,
        };
        self.errors.push(error);
    }

    /// A key that this place does not have, with the one that was probably meant.
    pub(super) fn unknown_key(&mut self, span: Range<usize>, key: &str, place: &str, known: &[&str]) {
        let help = match closest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("{place} has {}", listed(known)),
        };
        self.error(span, format!("{place} has no key `{key}`"), Some(help));
    }

    pub(super) fn string(&mut self, name: &str, value: &Value<'_>) -> Option<Placed<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.mismatch(name, "a string", value);
            return None;
        };
        if text.trim().is_empty() {
            self.error(value.span(), format!("`{name}` is empty"), None);
            return None;
        }
        Some(Placed {
            value: text.to_owned(),
            place: self.place(value.span()),
        })
    }

    /// A list of strings, or one string for a list of one.
    pub(super) fn strings(&mut self, name: &str, value: &Value<'_>) -> Vec<Placed<String>> {
        let Some(array) = value.get_ref().as_array() else {
            return match value.get_ref().as_str() {
                Some(_) => self.string(name, value).into_iter().collect(),
                None => {
                    self.mismatch(name, "a list of strings", value);
                    Vec::new()
                }
            };
        };
        array
            .iter()
            .filter_map(|entry| self.string(name, entry))
            .collect()
    }

    /// A string out of a fixed set.
    pub(super) fn word<T>(
        &mut self,
        name: &str,
        value: &Value<'_>,
        words: &[&str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.string(name, value)?;
        let found = read(&word.value);
        if found.is_none() {
            let help = match closest(&word.value, words.iter().copied()) {
                Some(near) => format!("did you mean `\"{near}\"`?"),
                None => format!("`{name}` is one of {}", listed(words)),
            };
            self.error(
                value.span(),
                format!("`{}` is no value of `{name}`", word.value),
                Some(help),
            );
        }
        found
    }

    /// A whole number of at least one.
    pub(super) fn count(&mut self, name: &str, value: &Value<'_>) -> Option<u64> {
        let number = value.get_ref().as_integer().and_then(|n| {
            u64::from_str_radix(&n.as_str().replace('_', ""), n.radix())
                .ok()
                .filter(|number| *number > 0)
        });
        if number.is_none() {
            self.mismatch(name, "a whole number above 0", value);
        }
        number
    }

    pub(super) fn mismatch(&mut self, name: &str, wanted: &str, value: &Value<'_>) {
        let found = value.get_ref().type_str();
        self.error(
            value.span(),
            format!("`{name}` has to be {wanted}, this is of type {found}"),
            None,
        );
    }
}

/// `a`, `b` and `c`, for a reader.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => "none".to_owned(),
    }
}
