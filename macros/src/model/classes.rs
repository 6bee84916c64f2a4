//! `#[derive(Classify)]` from its tokens to one decision per variant.

use crate::diag::{Diagnostic, Diagnostics};
use crate::hygiene::paths::CrateRoot;
use crate::syntax::stack::is_absolute;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Generics, Member, Meta};

/// What the derive stands on.
pub(crate) struct Classes {
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) root: CrateRoot,
}

/// One variant, or the struct itself.
pub(crate) struct Variant {
    /// `Self::Name`, or `Self`.
    pub(crate) path: TokenStream,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) decision: Decision,
}

/// What a variant means to a retry.
#[derive(Clone)]
pub(crate) enum Decision {
    Transient(Option<Hint>),
    NotSent,
    Permanent,
    /// What the error inside says.
    Inner(Member),
    /// No decision could be read: permanent, whatever the value.
    Any,
}

/// Where a server's wish for a pause is found.
#[derive(Clone)]
pub(crate) enum Hint {
    Field(Member),
    Call(TokenStream),
}

const WAYS: &str =
    "`#[transient]`, `#[transient(after = field)]`, `#[not_sent]`, `#[permanent]` or `#[classify(inner)]`";

impl Classes {
    pub(crate) fn of(input: DeriveInput, diagnostics: &Diagnostics) -> Self {
        let DeriveInput {
            attrs,
            ident,
            generics,
            data,
            ..
        } = input;
        let is_enum = matches!(data, Data::Enum(_));
        let container = Container::read(&attrs, is_enum, diagnostics);
        let variants = match data {
            Data::Enum(data) => data
                .variants
                .into_iter()
                .filter_map(|variant| {
                    let decision = decide(&variant.attrs, &variant.fields, diagnostics).or_else(|| container.otherwise.clone());
                    let name = &variant.ident;
                    let path = quote!(Self::#name);
                    let cfg = cfg(&variant.attrs);
                    if decision.is_none() && !has_decision(&variant.attrs) {
                        diagnostics.push(
                            Diagnostic::on(name, format_args!("`{name}` needs a decision: is another try worth it?"))
                                .help(format_args!("write {WAYS} above it, or `#[classify(otherwise = permanent)]` above the enum")),
                        );
                    }
                    decision.map(|decision| Variant { path, cfg, decision })
                })
                .collect(),
            Data::Struct(data) => {
                let decision = decide(&attrs, &data.fields, diagnostics).or(container.otherwise);
                if decision.is_none() && !has_decision(&attrs) {
                    diagnostics.push(
                        Diagnostic::on(&ident, format_args!("`{ident}` needs a decision: is another try worth it?"))
                            .help(format_args!("write {WAYS} above it")),
                    );
                }
                decision
                    .map(|decision| Variant {
                        path: quote!(Self),
                        cfg: Vec::new(),
                        decision,
                    })
                    .into_iter()
                    .collect()
            }
            Data::Union(data) => {
                diagnostics.push(
                    Diagnostic::on(data.union_token, "a union cannot say which of its fields holds the error")
                        .help("use an enum"),
                );
                Vec::new()
            }
        };
        Self {
            name: ident,
            generics,
            cfg: cfg(&attrs),
            variants,
            root: container.root.unwrap_or_default(),
        }
    }
}

impl Classes {
    /// Every value is permanent: what stands beside errors about the decisions.
    pub(crate) fn make_permanent(&mut self) {
        self.variants = vec![Variant {
            path: quote!(_),
            cfg: Vec::new(),
            decision: Decision::Any,
        }];
    }
}

fn cfg(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg"))
        .cloned()
        .collect()
}

/// `#[classify(…)]` above the type.
#[derive(Default)]
struct Container {
    otherwise: Option<Decision>,
    root: Option<CrateRoot>,
}

impl Container {
    fn read(attrs: &[Attribute], is_enum: bool, diagnostics: &Diagnostics) -> Self {
        let mut found = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("classify")) {
            let read = attr.parse_nested_meta(|meta| {
                if meta.path.is_ident("otherwise") {
                    // Right or wrong, it is the decision of everything that has none.
                    found.otherwise = Some(Decision::Permanent);
                    if !is_enum {
                        return Err(meta.error("`otherwise` is for the variants of an enum that have no decision\nhelp: write `#[permanent]`"));
                    }
                    if !meta.input.peek(syn::Token![=]) {
                        return Err(meta.error("`otherwise` needs a class\nhelp: write `otherwise = permanent`"));
                    }
                    let word: Ident = meta.value()?.call(Ident::parse_any)?;
                    found.otherwise = Some(match word.to_string().as_str() {
                        "permanent" => Decision::Permanent,
                        "transient" => Decision::Transient(None),
                        "not_sent" => Decision::NotSent,
                        _ => {
                            return Err(syn::Error::new(
                                word.span(),
                                format_args!("`{word}` is not a class\nhelp: write `otherwise = permanent`; the classes are `permanent`, `transient`, `not_sent`"),
                            ));
                        }
                    });
                    Ok(())
                } else if meta.path.is_ident("crate") {
                    let path: syn::Path = meta.value()?.call(syn::Path::parse_mod_style)?;
                    if !is_absolute(&path) {
                        return Err(syn::Error::new_spanned(&path, "the path after `crate =` starts at a crate's root\nhelp: write `crate = ::etiquette`"));
                    }
                    found.root = Some(CrateRoot::new(path.into_token_stream()));
                    Ok(())
                } else if !is_enum && meta.path.is_ident("inner") {
                    Ok(()) // a struct's own decision
                } else {
                    Err(meta.error(format_args!(
                        "unknown option `{}` for `#[classify]`\nhelp: write `#[classify(otherwise = permanent)]` or `#[classify(crate = ::path)]`",
                        meta.path.to_token_stream()
                    )))
                }
            });
            if let Err(error) = read {
                diagnostics.push(error.into());
            }
        }
        found
    }
}

fn is_decision(attr: &Attribute) -> bool {
    ["transient", "not_sent", "permanent"]
        .iter()
        .any(|name| attr.path().is_ident(name))
        || (attr.path().is_ident("classify") && !is_about_the_type(attr))
}

/// `#[classify(otherwise = …)]` and `#[classify(crate = …)]`, which decide nothing of one variant or struct.
fn is_about_the_type(attr: &Attribute) -> bool {
    let Meta::List(list) = &attr.meta else {
        return false;
    };
    let first = list
        .tokens
        .clone()
        .into_iter()
        .next()
        .map(|token| token.to_string());
    matches!(first.as_deref(), Some("otherwise" | "crate"))
}

fn has_decision(attrs: &[Attribute]) -> bool {
    attrs.iter().any(is_decision)
}

/// The decision that `attrs` state, if they state one and state it well.
fn decide(attrs: &[Attribute], fields: &Fields, diagnostics: &Diagnostics) -> Option<Decision> {
    let mut decisions = attrs.iter().filter(|attr| is_decision(attr));
    let attr = decisions.next()?;
    if let Some(second) = decisions.next() {
        diagnostics.push(Diagnostic::on(second, "two decisions for one error").help("keep one of the two"));
    }
    let decision = match attr.path().get_ident().map(Ident::to_string).as_deref() {
        Some("transient") => transient(attr, fields),
        Some("not_sent") => word(attr, Decision::NotSent),
        Some("permanent") => word(attr, Decision::Permanent),
        _ => is_inner(attr).and_then(|()| inner(attr, fields)),
    };
    decision.map_err(|error| diagnostics.push(error)).ok()
}

fn word(attr: &Attribute, decision: Decision) -> Result<Decision, Diagnostic> {
    match &attr.meta {
        Meta::Path(_) => Ok(decision),
        other => Err(Diagnostic::on(other, "this word takes no value")
            .help("a pause goes with `#[transient(after = field)]`")),
    }
}

fn transient(attr: &Attribute, fields: &Fields) -> Result<Decision, Diagnostic> {
    if let Meta::Path(_) = attr.meta {
        return Ok(Decision::Transient(None));
    }
    let mut hint = None;
    attr.parse_nested_meta(|meta| {
        if !meta.path.is_ident("after") {
            return Err(meta.error(format_args!(
                "unknown option `{}` for `#[transient]`\nhelp: write `#[transient(after = field)]`",
                meta.path.to_token_stream()
            )));
        }
        if !meta.input.peek(syn::Token![=]) {
            return Err(meta.error("`after` needs a field\nhelp: write `#[transient(after = field)]`"));
        }
        let value: Expr = meta.value()?.parse()?;
        hint = Some(match as_member(&value, fields) {
            Some(field) => Hint::Field(field),
            None => Hint::Call(value.into_token_stream()),
        });
        Ok(())
    })?;
    match hint {
        Some(hint) => Ok(Decision::Transient(Some(hint))),
        None => Err(Diagnostic::on(attr, "`#[transient(…)]` says how long to wait")
            .help("write `#[transient(after = field)]`, or `#[transient]` without a hint")),
    }
}

/// `after = retry_after` or `after = 0`, when there is a field of that name.
fn as_member(value: &Expr, fields: &Fields) -> Option<Member> {
    let wanted: Member = syn::parse2(value.to_token_stream()).ok()?;
    fields.members().find(|member| *member == wanted)
}

/// `#[classify(inner)]`, and nothing else.
fn is_inner(attr: &Attribute) -> Result<(), Diagnostic> {
    match attr.parse_args_with(Ident::parse_any) {
        Ok(word) if word == "inner" => Ok(()),
        Ok(word)
            if ["transient", "not_sent", "permanent"]
                .iter()
                .any(|class| word == class) =>
        {
            Err(Diagnostic::at(word.span(), format_args!("`{word}` stands alone"))
                .help(format_args!("write `#[{word}]`")))
        }
        _ => {
            Err(Diagnostic::on(&attr.meta, "`classify` asks the error inside")
                .help("write `#[classify(inner)]`"))
        }
    }
}

/// The one field that holds the error inside: `#[from]`, `#[source]`, `source`, or the only one.
fn inner(attr: &Attribute, fields: &Fields) -> Result<Decision, Diagnostic> {
    let marked = fields.iter().position(|field| {
        field
            .attrs
            .iter()
            .any(|attr| attr.path().is_ident("from") || attr.path().is_ident("source"))
            || field.ident.as_ref().is_some_and(|name| name == "source")
    });
    let at = match (marked, fields.len()) {
        (Some(at), _) => Some(at),
        (None, 1) => Some(0),
        _ => None,
    };
    match at.and_then(|at| fields.members().zip(fields).nth(at)) {
        // What rustc has to say about the error inside, it says of the field.
        Some((Member::Unnamed(mut index), field)) => {
            index.span = field.ty.span();
            Ok(Decision::Inner(index.into()))
        }
        Some((member, _)) => Ok(Decision::Inner(member)),
        None => Err(Diagnostic::on(
            attr,
            "`inner` asks the one error inside, and there is not exactly one",
        )
        .help("mark it with `#[source]` or `#[from]`, or write another decision")),
    }
}
