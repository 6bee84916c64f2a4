//! Errors for the user: collected while the pipeline runs, written out once at its end.
//!
//! One compile should show every mistake, so nothing returns early with the first one. A [`Diagnostics`] that is
//! dropped without having been asked for its errors panics: forgetting to report them is our bug, and a test finds it.

pub(crate) mod adopt;
pub(crate) mod misplaced;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::cell::RefCell;

/// One error: the rule on its first line, then a `help:` with code to paste.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    error: syn::Error,
}

impl Diagnostic {
    /// An error that underlines one token.
    pub(crate) fn at(span: Span, rule: impl std::fmt::Display) -> Self {
        Self {
            error: syn::Error::new(span, rule),
        }
    }

    /// An error that underlines `tokens` from the first to the last.
    pub(crate) fn on(tokens: impl ToTokens, rule: impl std::fmt::Display) -> Self {
        Self {
            error: syn::Error::new_spanned(tokens, rule),
        }
    }

    /// What to write instead.
    pub(crate) fn help(self, text: impl std::fmt::Display) -> Self {
        self.line("help", text)
    }

    /// A fact that explains the rule.
    pub(crate) fn note(self, text: impl std::fmt::Display) -> Self {
        self.line("note", text)
    }

    fn line(self, label: &str, text: impl std::fmt::Display) -> Self {
        // `syn::Error` keeps its start and end apart from the message, and offers neither: the error is rebuilt from
        // the tokens it would become, whose first and last carry exactly these spans.
        let message = format!("{}\n{label}: {text}", self.error);
        let tokens = self.error.to_compile_error();
        Self {
            error: syn::Error::new_spanned(tokens, message),
        }
    }

    /// Both errors, where there is room for one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.error.combine(other.error);
        self
    }

    /// The one error, where there is nothing to collect it with others.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.error.to_compile_error()
    }
}

impl From<syn::Error> for Diagnostic {
    fn from(error: syn::Error) -> Self {
        Self { error }
    }
}

/// The errors of one expansion.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    found: RefCell<Option<Vec<Diagnostic>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self {
            found: RefCell::new(Some(Vec::new())),
        }
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        if let Some(found) = &mut *self.found.borrow_mut() {
            found.push(diagnostic);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// Adds a fact to every error so far whose rule speaks of `what`.
    pub(crate) fn note_where(&self, what: &str, text: impl std::fmt::Display) {
        if let Some(found) = &mut *self.found.borrow_mut() {
            for diagnostic in found {
                let message = diagnostic.error.to_string();
                if message.lines().next().is_some_and(|rule| rule.contains(what)) {
                    *diagnostic = diagnostic.clone().note(&text);
                }
            }
        }
    }

    /// Ends the collection: its errors as one.
    pub(crate) fn into_one(self) -> Option<Diagnostic> {
        let found = self.found.borrow_mut().take().unwrap_or_default();
        found.into_iter().reduce(Diagnostic::and)
    }

    /// Ends the collection: the errors as `compile_error!` items, none when all is well.
    pub(crate) fn finish(self) -> TokenStream {
        let found = self.found.borrow_mut().take().unwrap_or_default();
        found
            .iter()
            .map(|diagnostic| diagnostic.error.to_compile_error())
            .collect()
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if self.found.borrow().is_some() && !std::thread::panicking() {
            panic!("diagnostics were dropped without being reported");
        }
    }
}
