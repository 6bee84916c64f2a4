//! The engine inside a macro: it gets the tokens of one item, and finds what the compiler can underline.

use std::path::PathBuf;

use proc_macro2::{Ident, Span, TokenStream};

use crate::around::SourceText;
use crate::context::{self, FileContext, RawPlace};
use crate::exempt::{Exemptions, drop_explained};
use crate::{Engine, Level, Rule};

/// Where the item of a macro comes from.
#[derive(Clone, Debug, Default)]
pub struct ItemSource {
    /// The file, from the folder of the policy on where possible.
    pub path: PathBuf,
    /// Its text, for imports and comments; without it only paths that are spelled out are known.
    pub text: Option<SourceText>,
    /// The line of the item in it, from 1.
    pub line: usize,
}

/// One broken convention, at tokens.
#[derive(Clone, Debug)]
pub struct TokenFinding {
    /// Which convention.
    pub rule: &'static Rule,
    /// What the policy makes of it here.
    pub level: Level,
    /// The first token of the offending code; none for a comment, whose line the message names.
    pub start: Option<Span>,
    /// Its last token.
    pub end: Option<Span>,
    /// One line: what is wrong here.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Further facts.
    pub notes: Vec<String>,
}

/// A place where only types can tell; the attribute puts a question to the compiler there.
#[derive(Clone, Debug)]
pub struct Probe {
    /// Which convention is at stake.
    pub rule: &'static Rule,
    /// What the policy makes of it here.
    pub level: Level,
    /// What to ask.
    pub kind: ProbeKind,
    /// The first token of the code in question.
    pub start: Span,
    /// Its last token.
    pub end: Span,
}

/// What a [`Probe`] asks.
#[derive(Clone, Debug)]
pub enum ProbeKind {
    /// Is this variable a lock guard? It is alive across an `.await` further down. The question belongs right
    /// behind the `let`, which is the code in question.
    Guard {
        /// The variable.
        binding: Ident,
        /// The `await` that it is held across.
        awaited: Span,
        /// It was itself obtained by an `.await`: only an async lock's guard can come of that.
        is_async: bool,
    },
    /// Does this statement throw away the handle of a task, and with it perhaps an error?
    Discarded,
    /// Is the future of this async fn `Send`? The code in question is the function's name. For an attribute that
    /// was told to ask.
    Send,
}

/// What came of one item.
#[derive(Debug, Default)]
pub struct CheckedItem {
    /// What breaks the policy, as far as tokens and imports tell.
    pub findings: Vec<TokenFinding>,
    /// What types have to decide.
    pub probes: Vec<Probe>,
}

impl Engine {
    /// Checks the tokens of one item: a function, an `impl`, a trait or an inline module.
    ///
    /// # Errors
    /// The tokens are no item.
    pub fn check_item(&self, item: TokenStream, source: &ItemSource) -> syn::Result<CheckedItem> {
        let text = source.text.as_ref();
        let around = text.map(|text| text.around(source.line)).unwrap_or_default();
        let tree: syn::File = syn::parse2(item)?;
        let levels = self.policy.levels(&source.path);
        let test_file = self.is_test_path(&source.path) || around.in_test_code;
        let file = FileContext {
            policy: &self.policy,
            levels: &levels,
            raced: &self.raced,
            test_file,
            tool: self.is_tool_path(&source.path),
            asks_types: true,
            asks_maps: self.asks_maps,
        };
        let mut walked = context::walk(&file, &self.renamed, around.scopes, &tree);
        let lines = source.line..=last_line(&tree);
        let comments = text.map(|text| text.comments(lines)).unwrap_or_default();
        Exemptions::of(&tree, text.map(SourceText::text), &comments, &file).apply(
            &file,
            &mut walked.found,
            &mut walked.probes,
        );
        if let Some((text, lines)) = text.map(SourceText::text) {
            drop_explained(text, lines, &file, &mut walked.found);
        }
        let findings = walked.found.into_iter().map(|raw| {
            let line = raw.place.start().line;
            let (start, end) = match raw.place {
                RawPlace::Tokens(start, end) => (Some(start), Some(end)),
                RawPlace::Text(..) => (None, None),
            };
            let mut notes = raw.report.notes;
            if start.is_none() {
                notes.push(format!("the comment is on line {line}"));
            }
            let help = raw.report.help;
            TokenFinding {
                rule: raw.rule,
                level: raw.level,
                start,
                end,
                message: raw.report.message,
                help: if help.is_empty() {
                    raw.rule.help.to_owned()
                } else {
                    help
                },
                notes,
            }
        });
        Ok(CheckedItem {
            findings: findings.collect(),
            probes: walked.probes,
        })
    }
}

fn last_line(tree: &syn::File) -> usize {
    context::ends(tree).1.end().line
}
