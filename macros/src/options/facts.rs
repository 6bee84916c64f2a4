//! What the rest of the pipeline needs to know of any layer, as plain data.
//!
//! Rules between layers ([`crate::model::validate`]) and the scaffold ([`crate::expand`]) ask these questions and never
//! which layer it is: a new layer answers them in its own options file.

use super::Opt;
use super::value::expr::ExprArg;
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

/// How a layer runs what is below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Runs {
    /// One at a time, in the call itself: the layers around and below share variables.
    #[default]
    Here,
    /// Several at once, in the call itself: they borrow, and share nothing that changes.
    SideBySide,
    /// On a task or a thread of its own: it owns all it uses.
    Apart,
}

/// A wait that nothing in the layer itself ends.
pub(crate) struct Endless {
    /// The word that asked for it; without one it is the default, which has to be meant.
    pub(crate) word: Option<Ident>,
    /// What to write in the layer itself, after "or".
    pub(crate) help: &'static str,
}

/// Something of the user's that a layer borrows from before the first run until after the last.
pub(crate) struct State {
    pub(crate) tokens: TokenStream,
    /// We write the `&`, the user need not.
    pub(crate) borrowed: bool,
    /// What to write where it lives in a `self` that the body has to itself.
    pub(crate) help: String,
}

impl State {
    /// The value of an option that names something to be borrowed, as in `state = self.breaker`.
    pub(crate) fn of(option: &Opt<ExprArg>, key: &str) -> Option<Self> {
        let tokens = &option.get()?.0;
        let place = tokens.to_string().replace(' ', "");
        Some(Self {
            tokens: tokens.clone(),
            borrowed: true,
            help: format!(
                "keep it in an `Arc` and take a handle: `{key} = {}.clone()`",
                place.trim_start_matches('&')
            ),
        })
    }
}

/// What two layers of one name are told apart by: what was written, wherever it stands.
pub(crate) fn identity<const N: usize>(options: [Option<&TokenStream>; N]) -> Option<String> {
    let written = |option: Option<&TokenStream>| option.map(|tokens| tokens.to_string().replace(' ', ""));
    Some(
        options
            .map(|option| written(option).unwrap_or_default())
            .join("\n"),
    )
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
    /// Two of this name in one stack are two things when this differs: whose state, and for which keys.
    pub(crate) identity: Option<String>,
    /// It looks for failures of what is below.
    pub(crate) judges: bool,
    /// It puts something in the place of an error.
    pub(crate) replaces_errors: bool,
    /// It holds a slot as long as what is below runs, and a retry's pauses are not meant.
    pub(crate) holds_place: bool,
    /// The option that says that they are meant.
    pub(crate) across_repeats: Option<Ident>,
    /// A call may wait in it for its turn.
    pub(crate) queues: bool,
    /// It measures how long the body takes, without the queues below.
    pub(crate) times_body: bool,
    /// A call that is dropped tells it nothing.
    pub(crate) ignores_abandoned: bool,
    pub(crate) runs: Runs,
    /// The body has no await: it is a closure, not a future.
    pub(crate) sync_body: bool,
    /// It bounds how long everything below can take.
    pub(crate) bounds: bool,
    /// What is below can ask how long that is.
    pub(crate) tells_limit: bool,
    pub(crate) limit: Option<Literal>,
    /// The value that needs no name, as written: for a help that repeats it.
    pub(crate) value: Option<TokenStream>,
    pub(crate) scope: Option<Scope>,
    /// It goes on, or waits, without a bound of its own.
    pub(crate) endless: Option<Endless>,
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
    pub(crate) states: Vec<State>,
    /// What goes into a `static` of the function's own.
    pub(crate) statics: Vec<TokenStream>,
    /// The option that names a state from elsewhere instead.
    pub(crate) state_option: Option<&'static str>,
    /// Options about what a layer below does: the option, and the stop it is about.
    pub(crate) about_below: Vec<(Ident, Stop)>,
}
