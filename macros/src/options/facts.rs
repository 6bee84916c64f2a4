//! What the rest of the pipeline needs to know of any layer, as plain data.
//!
//! Rules between layers ([`crate::model::validate`]) and the scaffold ([`crate::expand`]) ask these questions and never
//! which layer it is: a new layer answers them in its own options file.

use proc_macro2::{Ident, Span, TokenStream};
use std::time::Duration;

/// How a layer can end a run from outside the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    TimedOut,
    Cancelled,
    Refused,
}

/// The word that says which of two timeouts a `with_timeout` is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scope {
    Total(Span),
    Attempt(Span),
}

/// A literal with the tokens it was written as.
pub(crate) struct Literal {
    pub(crate) value: Duration,
    pub(crate) written: TokenStream,
}

/// The answers of one layer. The default is a layer that only watches.
#[derive(Default)]
pub(crate) struct Facts {
    /// It can stop a run.
    pub(crate) stop: Option<Stop>,
    /// It has its own return value for that (`error =`, `or_return =`).
    pub(crate) has_own_return: bool,
    /// It runs the body several times.
    pub(crate) repeats: bool,
    /// It looks at how the run below it ended.
    pub(crate) reads_run: bool,
    /// It is told of every attempt below it.
    pub(crate) watches_attempts: bool,
    /// It may stand in one stack twice when a repeating layer is between.
    pub(crate) twice_around_repeats: bool,
    /// It bounds how long everything below can take.
    pub(crate) bounds: bool,
    pub(crate) limit: Option<Literal>,
    /// The value that needs no name, as written: for a help that repeats it.
    pub(crate) value: Option<TokenStream>,
    pub(crate) scope: Option<Scope>,
    /// Repeats without a bound of its own: the word that says so.
    pub(crate) forever: Option<Ident>,
    /// The shortest pause between two runs, where known.
    pub(crate) shortest_delay: Option<Literal>,
    /// The longest that it goes on starting runs, where known.
    pub(crate) max_elapsed: Option<Literal>,
    /// Parameters it clones before each run.
    pub(crate) clones: Vec<Ident>,
    /// A name it shows to the body.
    pub(crate) introduces: Option<Ident>,
    /// Words with a meaning of their own that were used as values.
    pub(crate) words: Vec<Ident>,
    /// Everything the user wrote as Rust, to look for names in.
    pub(crate) expressions: Vec<TokenStream>,
    /// What is borrowed from before the first run until after the last, and what to write where it lives in a `self`
    /// that the body has to itself.
    pub(crate) states: Vec<(TokenStream, &'static str)>,
    /// Options about what a layer below does: the option, and the stop it is about.
    pub(crate) about_below: Vec<(Ident, Stop)>,
}
