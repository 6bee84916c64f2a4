//! How long to queue: `wait = none`, `wait = forever`, or a duration.

use super::duration::{DurationArg, LimitArg};
use super::expr::lone_ident;
use crate::diag::Diagnostic;
use crate::options::facts::Endless;
use crate::options::{Opt, Value};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};

/// `wait = D | forever | none`
pub(crate) enum Wait {
    /// Not at all: refused at once.
    None(Ident),
    Forever(Ident),
    AtMost(DurationArg),
}

impl Value for Wait {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match lone_ident(&value) {
            Some(word) if word == "none" => Ok(Self::None(word)),
            Some(word) if word == "forever" => Ok(Self::Forever(word)),
            _ => LimitArg::parse(key, value)
                .map(|limit| Self::AtMost(limit.0))
                .map_err(|error| error.note("or one of the words `none`, `forever`")),
        }
    }
}

/// Of a layer in which a call waits for its turn: whether it may do so for ever.
pub(crate) fn endless(wait: &Opt<Wait>) -> Option<Endless> {
    (!wait.is_given()).then_some(Endless {
        word: None,
        help: "write `wait = 1s`, `wait = none` to refuse at once, or `wait = forever` where that is meant",
    })
}

/// The word that was used as a value.
pub(crate) fn words(wait: &Opt<Wait>) -> Vec<Ident> {
    match wait.get() {
        Some(Wait::None(word) | Wait::Forever(word)) => vec![word.clone()],
        _ => Vec::new(),
    }
}
