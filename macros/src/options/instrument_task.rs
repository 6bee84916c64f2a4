//! `#[instrument_task]`: what the span of a call is called and holds.

use super::facts::Facts;
use super::value::duration::LimitArg;
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name};
use super::{LayerOptions, Value, options};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, LitStr, Token};

options! {
    pub(crate) struct InstrumentTaskOptions for "instrument_task", as in "#[instrument_task(fields(id))]" {
        fields = "fields": Fields,
        target = "target": ExprArg,
        level = "level": Level,
        parent = "parent": ExprArg,
        follows_from = "follows_from": ExprArg,
        err = "err": Event,
        ret = "ret": Event,
        slow = "slow": After,
        slow_poll = "slow_poll": After,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "skip_all" => "leave it out: no argument is recorded unless `fields(…)` lists it",
        "skip" => "leave it out: no argument is recorded unless `fields(…)` lists it",
        "err_debug" => "write `err(Debug)`",
        "tag" => "write `fields(…)`",
        "args" => "write `fields(…)`",
        "properties" => "write `fields(…)`",
        "short_name" => "write `name = \"…\"`",
        "warn_slow" => "write `slow(500ms)`",
        "slow_after" => "write `slow(500ms)`",
        "slow_call" => "write `slow(500ms)`",
        "blocked" => "write `slow_poll(10ms)`",
    }
}

/// A level: `warn`, `"warn"`, `Level::WARN`, or a constant.
pub(crate) enum Level {
    /// One of the five, in upper case.
    Known(Ident),
    Expr(TokenStream),
}

impl Value for Level {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        const LEVELS: [&str; 5] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"];
        let expr = super::value::expr::parse_expr(&value)?;
        let text = match &expr {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => text.value(),
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) => {
                let n: usize = int.base10_parse().unwrap_or(0);
                LEVELS.get(n.wrapping_sub(1)).copied().unwrap_or("").to_owned()
            }
            Expr::Path(_) => match lone_ident(&value) {
                Some(word) if word.to_string().chars().all(|c| c.is_ascii_lowercase()) => word.to_string(),
                _ => return Ok(Self::Expr(value)),
            },
            Expr::Lit(_) => String::new(),
            _ => return Ok(Self::Expr(value)),
        };
        let upper = text.to_uppercase();
        if LEVELS.contains(&&*upper) {
            let span = value.into_iter().next().map_or(key.span(), |token| token.span());
            Ok(Self::Known(Ident::new(
                &upper,
                span.resolved_at(proc_macro2::Span::mixed_site()),
            )))
        } else {
            Err(
                Diagnostic::on(&value, format_args!("`{value}` is not a level")).help(format_args!(
                    "write `{key} = debug`; the levels are `trace`, `debug`, `info`, `warn`, `error`"
                )),
            )
        }
    }
}

/// `err`, `err(Debug)`, `err(level = warn, Debug)`; `ret` likewise.
pub(crate) struct Event {
    pub(crate) level: Option<Level>,
    /// `Debug` or `Display`, when one was named.
    pub(crate) format: Option<Ident>,
}

impl Value for Event {
    const FORM: Form = Form::WordOrList;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let mut event = Self {
            level: None,
            format: None,
        };
        for part in split_commas(value) {
            let mut tokens = part.clone().into_iter();
            match (tokens.next(), tokens.next()) {
                (Some(TokenTree::Ident(word)), None)
                    if (word == "Debug" || word == "Display") && event.format.is_none() =>
                {
                    event.format = Some(word);
                }
                (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(equals)))
                    if word == "level" && equals.as_char() == '=' && event.level.is_none() =>
                {
                    event.level = Some(Level::parse(&word, tokens.collect())?);
                }
                _ => {
                    return Err(Diagnostic::on(
                        &part,
                        format_args!("`{key}` takes a level and one of `Debug`, `Display`"),
                    )
                    .help(format_args!("write `{key}(level = warn, Debug)`")));
                }
            }
        }
        Ok(event)
    }
}

/// `slow(500ms)`, `slow_poll(10ms)`: after how long something is told.
pub(crate) struct After(pub(crate) LimitArg);

impl Value for After {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let example = if key == "slow_poll" { "10ms" } else { "500ms" };
        let mut parts = split_commas(value.clone());
        match (parts.pop(), parts.is_empty()) {
            (Some(after), true) => LimitArg::parse(key, after).map(Self),
            (None, _) => Err(Diagnostic::at(
                key.span(),
                format_args!("`{key}` says after how long it is told"),
            )
            .help(format_args!("write `{key}({example})`"))),
            (Some(_), false) => Err(Diagnostic::on(value, format_args!("`{key}` takes one duration"))
                .help(format_args!("write `{key}({example})`"))),
        }
    }
}

/// `fields(id, user.name = %user.name, late = Empty)`, in tracing's own syntax.
pub(crate) struct Fields(pub(crate) Vec<Field>);

/// One field: everything before its `=`, and what stands after.
pub(crate) struct Field {
    pub(crate) name: TokenStream,
    pub(crate) value: Option<FieldValue>,
}

pub(crate) enum FieldValue {
    /// Declared now, recorded later.
    Empty,
    Expr(TokenStream),
}

/// Fields that the span has by itself.
const OWN: [&str; 4] = ["outcome", "attempts", "elapsed", "gave_up"];

impl Value for Fields {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let fields = Punctuated::<Field, Token![,]>::parse_terminated.parse2(value.clone());
        let fields = fields.map_err(|error| {
            const RULE: &str = "a field is a name, or a name and a value";
            let help = format!("write `{key}(id, user.name = %user.name, late = Empty)`");
            // An end that comes too soon is nowhere: what stands before it is underlined.
            if error.to_string().starts_with("unexpected end") {
                Diagnostic::on(value, RULE).help(help)
            } else {
                Diagnostic::at(error.span(), RULE).help(help)
            }
        })?;
        match fields.iter().find_map(Field::own) {
            Some(own) => Err(
                Diagnostic::on(&own, format_args!("the span records `{own}` by itself"))
                    .help(format_args!("give the field another name: `my_{own} = …`")),
            ),
            None => Ok(Self(fields.into_iter().collect())),
        }
    }
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mark = mark(input)?;
        let mut name = quote!(#mark);
        if input.peek(LitStr) {
            name.extend(input.parse::<LitStr>()?.into_token_stream());
        } else {
            name.extend(
                Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)?
                    .into_token_stream(),
            );
        }
        if input.parse::<Option<Token![=]>>()?.is_none() {
            return Ok(Self { name, value: None });
        }
        let mark = self::mark(input)?;
        let value: Expr = input.parse()?;
        let value = match &value {
            Expr::Path(path) if path.path.is_ident("Empty") && mark.is_none() => FieldValue::Empty,
            value => FieldValue::Expr(quote!(#mark #value)),
        };
        Ok(Self {
            name,
            value: Some(value),
        })
    }
}

/// `%` or `?`
fn mark(input: ParseStream<'_>) -> syn::Result<Option<TokenTree>> {
    if input.peek(Token![%]) || input.peek(Token![?]) {
        input.parse().map(Some)
    } else {
        Ok(None)
    }
}

impl Field {
    /// The name, if the span has a field of that name already.
    fn own(&self) -> Option<Ident> {
        lone_ident(&self.name).filter(|name| OWN.iter().any(|own| name == own))
    }
}

/// `tokens` cut at the commas that stand in no group.
fn split_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            parts.push(TokenStream::new());
        } else if let Some(last) = parts.last_mut() {
            last.extend(quote!(#token));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

impl LayerOptions for InstrumentTaskOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let fields = self
            .fields
            .get()
            .map(|fields| fields.0.as_slice())
            .unwrap_or_default();
        let values = fields.iter().filter_map(|field| match &field.value {
            None => Some(field.name.clone()),
            Some(FieldValue::Expr(value)) => Some(value.clone()),
            Some(FieldValue::Empty) => None,
        });
        let others = [&self.target, &self.parent, &self.follows_from];
        Facts {
            reads_run: true,
            watches_attempts: true,
            twice_around_repeats: true,
            expressions: values
                .chain(
                    others
                        .into_iter()
                        .filter_map(|option| option.get().map(|value| value.0.clone())),
                )
                .chain(
                    [&self.slow, &self.slow_poll]
                        .into_iter()
                        .filter_map(|option| option.get().map(|after| after.0.0.written().clone())),
                )
                .collect(),
            ..Facts::default()
        }
    }

    fn check(&self, _: &Diagnostics) {}
}
