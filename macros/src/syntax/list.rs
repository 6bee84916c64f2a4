//! The splitter: cuts an option list at its commas and turns every entry into a `Meta` that darling understands.
//!
//! darling alone refuses values without a name (`#[with_timeout(5s)]`) and expressions such as closures, and stops at
//! the first syntax error. Here an entry that cannot be read is reported and skipped up to its comma, and the rest goes
//! on. Every value reaches its type as the raw tokens the user wrote.

use crate::diag::{Diagnostic, Diagnostics};
use darling::ast::NestedMeta;
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Expr, Ident, MacroDelimiter, Meta, MetaList, Token, token};

/// How an option is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `total`
    Word,
    /// `attempts = 3`
    Value,
    /// `clone(a, b)`
    List,
    /// `err` or `err(level = warn)`
    WordOrList,
}

/// One entry of a list.
pub(crate) struct Entry {
    pub(crate) key: Option<Ident>,
    pub(crate) value: Option<TokenStream>,
    form: Form,
    span: Span,
}

impl Entry {
    /// The entry as `key(value)`, which any value may stand in; `positional(value)` for one without a name.
    fn into_meta(self, positional: &str) -> NestedMeta {
        let path = self
            .key
            .unwrap_or_else(|| Ident::new(positional, self.span))
            .into();
        NestedMeta::Meta(match self.value {
            None => Meta::Path(path),
            Some(tokens) => Meta::List(MetaList {
                path,
                delimiter: MacroDelimiter::Paren(token::Paren(self.span)),
                tokens,
            }),
        })
    }
}

/// The grammar that [`split`] needs to know of an attribute.
pub(crate) struct Grammar<'a> {
    pub(crate) attribute: &'a str,
    pub(crate) keys: &'a [(&'static str, Form)],
    /// The inner name of the value that needs none, if there is one.
    pub(crate) positional: Option<&'a str>,
    /// A short, correct use, for errors.
    pub(crate) example: &'a str,
    /// A value without a name that the attribute refuses with words of its own.
    pub(crate) refuse_bare: Option<fn(&TokenStream) -> Diagnostic>,
}

impl Grammar<'_> {
    fn form_of(&self, key: &Ident) -> Option<Form> {
        let key = crate::hygiene::names::plain(key);
        self.keys
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, form)| *form)
    }
}

/// Cuts `args` into entries; what cannot be read is reported and left out.
pub(crate) fn split(args: TokenStream, grammar: &Grammar<'_>, diagnostics: &Diagnostics) -> Vec<NestedMeta> {
    let entries = |input: ParseStream<'_>| {
        let mut metas = Vec::new();
        let mut has_value = false;
        while !input.is_empty() {
            if input.peek(Token![,]) {
                let comma: Token![,] = input.parse()?;
                diagnostics.push(
                    Diagnostic::on(comma, "expected an option before this comma")
                        .help(format_args!("write it as in `{}`", grammar.example)),
                );
                continue;
            }
            let begin = input.fork();
            let read = entry(input, grammar, has_value)
                .and_then(|entry| check(&entry, grammar).map(|()| entry))
                .map_err(|diagnostic| diagnostics.push(diagnostic));
            while read.is_err() && !input.is_empty() && !input.peek(Token![,]) {
                input.parse::<TokenTree>()?;
            }
            if let Ok(entry) | Err(Some(entry)) = read.map_err(|()| reported(&begin, grammar)) {
                has_value |= entry.key.is_none();
                metas.push(entry.into_meta(grammar.positional.unwrap_or("__value")));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(metas)
    };
    entries.parse2(args).unwrap_or_else(|error: syn::Error| {
        diagnostics.push(error.into());
        Vec::new()
    })
}

/// Stands for a value whose error has been reported.
pub(crate) const REPORTED: &str = "__etq_reported";

/// The entry that begins here and cannot be read: it was written, so nobody has to ask for it.
fn reported(begin: ParseStream<'_>, grammar: &Grammar<'_>) -> Option<Entry> {
    let span = begin.span();
    let key = begin.fork().call(Ident::parse_any).ok();
    // A word that was not read says nothing, and nobody asks for it.
    let key = key.filter(|key| grammar.form_of(key).is_some());
    if key.as_ref().and_then(|key| grammar.form_of(key)) == Some(Form::Word) {
        return None;
    }
    let is_value = grammar.positional.is_some() && grammar.refuse_bare.is_none();
    (key.is_some() || is_value).then(|| Entry {
        key,
        value: Some(Ident::new(REPORTED, span).into_token_stream()),
        form: Form::Value,
        span,
    })
}

/// The next entry; `has_value` when the value without a name has been found already.
fn entry(input: ParseStream<'_>, grammar: &Grammar<'_>, has_value: bool) -> Result<Entry, Diagnostic> {
    let span = input.span();
    let entry = |key, value, form| Entry {
        key,
        value,
        form,
        span,
    };
    let ahead = input.fork();
    if let Ok(key) = ahead.call(Ident::parse_any) {
        let known = grammar.form_of(&key);
        if ahead.peek(Token![=]) && !ahead.peek(Token![==]) {
            let _ = input.call(Ident::parse_any);
            let equals: Token![=] = input.parse()?;
            if input.is_empty() || input.peek(Token![,]) {
                return Err(Diagnostic::on(
                    quote!(#key #equals),
                    format_args!("option `{key}` has no value after its `=`"),
                )
                .help(format_args!("write it as in `{}`", grammar.example)));
            }
            let written = input.fork();
            let value = value(input).map_err(|error| {
                if input.is_empty() {
                    let written = written.parse::<TokenStream>().unwrap_or_default();
                    Diagnostic::on(written, format_args!("the value of `{key}` is not finished")).note(error)
                } else {
                    error.into()
                }
            })?;
            end(input)?;
            return Ok(entry(Some(key), Some(value), Form::Value));
        }
        let is_slip = ahead.peek(Token![==]) || (ahead.peek(Token![:]) && !ahead.peek(Token![::]));
        if known.is_some() && is_slip {
            return Err(Diagnostic::at(ahead.span(), "an option is written with `=`")
                .help(format_args!("write `{key} = …`")));
        }
        if ahead.is_empty() || ahead.peek(Token![,]) {
            // A lone word is an option if there is one of that name, and a value (a constant, a parameter) if not;
            // after a value it is a word that was meant to be one.
            let has_words = grammar.keys.iter().any(|(_, form)| *form == Form::Word);
            if known.is_some() || grammar.positional.is_none() || (has_words && has_value) {
                let _ = input.call(Ident::parse_any);
                return Ok(entry(Some(key), None, Form::Word));
            }
        } else if ahead.peek(token::Paren) {
            let list: Group = ahead.parse()?;
            let is_entry = ahead.is_empty() || ahead.peek(Token![,]);
            if is_entry && (known.is_some() || grammar.positional.is_none()) {
                let _ = input.call(Ident::parse_any);
                let _ = input.parse::<Group>();
                return Ok(entry(Some(key), Some(list.stream()), Form::List));
            }
        }
    }
    let written = input.fork();
    let value = value(input).map_err(|error| {
        if input.is_empty() {
            let written = written.parse::<TokenStream>().unwrap_or_default();
            let rule = format!("the value of `#[{}]` is not finished", grammar.attribute);
            Diagnostic::on(written, rule).note(error)
        } else {
            error.into()
        }
    })?;
    end(input)?;
    Ok(entry(None, Some(value), Form::Value))
}

/// An expression, as its own tokens: without the invisible group that an `$e:expr` of a macro_rules leaves.
fn value(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut expr = Expr::parse(input)?;
    while let Expr::Group(group) = expr {
        expr = *group.expr;
    }
    Ok(expr.into_token_stream())
}

fn end(input: ParseStream<'_>) -> Result<(), Diagnostic> {
    if input.is_empty() || input.peek(Token![,]) {
        Ok(())
    } else {
        Err(Diagnostic::at(input.span(), "expected `,` between two options")
            .help("write a comma before this"))
    }
}

/// Is the entry written in the form its option has?
fn check(entry: &Entry, grammar: &Grammar<'_>) -> Result<(), Diagnostic> {
    let Some(key) = &entry.key else {
        if let (Some(refuse), Some(value)) = (grammar.refuse_bare, &entry.value) {
            return Err(refuse(value));
        }
        return match (&entry.value, grammar.positional) {
            (Some(value), None) => {
                let rule = format!("`#[{}]` takes options by name", grammar.attribute);
                Err(Diagnostic::on(value, rule).help(format_args!("write it as in `{}`", grammar.example)))
            }
            _ => Ok(()),
        };
    };
    let Some(form) = grammar.form_of(key) else {
        return Ok(()); // unknown: darling says so, and knows what was meant
    };
    let right = match form {
        Form::WordOrList => entry.form != Form::Value,
        form => entry.form == form,
    };
    if right {
        return Ok(());
    }
    let value = match &entry.value {
        Some(value) if !value.is_empty() => value.to_string(),
        _ => "…".to_owned(),
    };
    let (is, like) = match form {
        Form::Word => ("is a word without a value", format!("`{key}`")),
        Form::Value => ("needs a value", format!("`{key} = {value}`")),
        Form::List => ("takes a list", format!("`{key}({value})`")),
        Form::WordOrList => ("is a word or a list", format!("`{key}` or `{key}(…)`")),
    };
    Err(Diagnostic::on(key, format_args!("option `{key}` {is}")).help(format_args!("write {like}")))
}
