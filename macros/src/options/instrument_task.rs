//! `#[instrument_task]`: what the span of a call is called and holds.

use super::facts::Facts;
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name};
use super::{LayerOptions, Value, options};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::quote;
use syn::{Expr, ExprLit, Lit, LitStr};

options! {
    pub(crate) struct InstrumentTaskOptions for "instrument_task", as in "#[instrument_task(fields(id))]" {
        fields = "fields": Fields,
        target = "target": ExprArg,
        level = "level": Level,
        parent = "parent": ExprArg,
        follows_from = "follows_from": ExprArg,
        err = "err": Event,
        ret = "ret": Event,
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
            Err(Diagnostic::on(&value, "unknown level").help(format_args!(
                "write `{key} = debug`; the levels are `trace`, `debug`, `info`, `warn`, `error`"
            )))
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

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        split_commas(value)
            .into_iter()
            .map(field)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

fn field(part: TokenStream) -> Result<Field, Diagnostic> {
    const HELP: &str = "write `fields(id, user.name = %user.name, late = Empty)`";
    let mut name = TokenStream::new();
    let mut tokens = part.clone().into_iter();
    let mut has_value = false;
    for token in tokens.by_ref() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '=' && punct.spacing() == Spacing::Alone => {
                has_value = true;
                break;
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), '.' | '%' | '?') => {}
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {}
            other => return Err(Diagnostic::on(other, "a field is a name, or a name and a value").help(HELP)),
        }
        name.extend([token]);
    }
    let value: TokenStream = tokens.collect();
    if name.is_empty() || (has_value && value.is_empty()) {
        return Err(Diagnostic::on(&part, "a field is a name, or a name and a value").help(HELP));
    }
    if let Some(own) = lone_ident(&name).filter(|name| OWN.iter().any(|own| name == own)) {
        return Err(
            Diagnostic::on(&own, format_args!("the span records `{own}` by itself"))
                .help(format_args!("give the field another name: `my_{own} = …`")),
        );
    }
    let value = if !has_value {
        None
    } else if lone_ident(&value).is_some_and(|word| word == "Empty") {
        Some(FieldValue::Empty)
    } else {
        Some(FieldValue::Expr(value))
    };
    Ok(Field { name, value })
}

/// `tokens` cut at the commas that stand in no group and no generic arguments' list.
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
            twice_around_repeats: true,
            expressions: values
                .chain(
                    others
                        .into_iter()
                        .filter_map(|option| option.get().map(|value| value.0.clone())),
                )
                .collect(),
            ..Facts::default()
        }
    }

    fn check(&self, _: &Diagnostics) {}
}
