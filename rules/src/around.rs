//! What a file says about the items in it: imports, comments, test modules. A macro sees one item at a time, and reads
//! the file once for all of them.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::context::is_test_item;
use crate::engine::PlainTokens;
use crate::source::{self, Comment, Lines, NameScope, Words};

/// The text of a file, read and parsed once. A copy shares what was read.
#[derive(Clone, Debug)]
pub struct SourceText(Arc<Read>);

#[derive(Debug)]
struct Read {
    text: String,
    lines: Lines,
    comments: Vec<Comment>,
    top: Option<Module>,
}

/// The file itself, or an inline module in it.
#[derive(Debug)]
struct Module {
    lines: RangeInclusive<usize>,
    names: Arc<NameScope>,
    is_test: bool,
    inner: Vec<Module>,
}

/// What stands around one line.
#[derive(Default)]
pub(crate) struct Around {
    /// The names in view, outermost first.
    pub(crate) scopes: Vec<Arc<NameScope>>,
    pub(crate) in_test_code: bool,
}

impl SourceText {
    /// Reads a text. One that cannot be parsed says nothing about its items.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let _plain_tokens = PlainTokens::here();
        let parsed = source::parse(&text, &Words::find(&text, true), |parsed| {
            let top = Module::new(&parsed.tree.items, &parsed.tree.attrs, 0..=usize::MAX);
            (parsed.comments, top)
        });
        let (comments, top) = parsed.map_or_else(|_| Default::default(), |(found, top)| (found, Some(top)));
        Self(Arc::new(Read {
            lines: Lines::new(&text),
            text,
            comments,
            top,
        }))
    }

    pub(crate) fn around(&self, line: usize) -> Around {
        let mut around = Around::default();
        let mut module = self.0.top.as_ref();
        while let Some(here) = module {
            around.scopes.push(Arc::clone(&here.names));
            around.in_test_code |= here.is_test;
            module = here.inner.iter().find(|inner| inner.lines.contains(&line));
        }
        around
    }

    /// The comments on these lines that speak to etiquette.
    pub(crate) fn comments(&self, lines: RangeInclusive<usize>) -> Vec<Comment> {
        let on = |comment: &&Comment| lines.contains(&self.0.lines.line(comment.range.start));
        self.0.comments.iter().filter(on).cloned().collect()
    }

    pub(crate) fn text(&self) -> (&str, &Lines) {
        (&self.0.text, &self.0.lines)
    }
}

impl Module {
    fn new(items: &[syn::Item], attrs: &[syn::Attribute], lines: RangeInclusive<usize>) -> Self {
        let inner = items.iter().filter_map(|item| {
            let syn::Item::Mod(module) = item else { return None };
            let (brace, inner) = module.content.as_ref()?;
            let lines = brace.span.open().start().line..=brace.span.close().end().line;
            Some(Self::new(inner, &module.attrs, lines))
        });
        Self {
            lines,
            inner: inner.collect(),
            names: Arc::new(NameScope::module(&mut items.iter())),
            is_test: is_test_item(attrs),
        }
    }
}
