//! `#[defaults(with_timeout(5s), instrument_task, error = Error::stopped)]`: what every async fn inside gets.

use super::value::naming::CratePath;
use super::value::predicate::Callable;
use super::{Opt, OptionSet};
use crate::diag::Diagnostics;
use crate::layers::{Layer, NAMES, each_layer};
use crate::syntax::list::Form;
use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::{Ident, TokenStream};
use syn::Meta;

/// The list, read.
pub(crate) struct DefaultsOptions {
    pub(crate) layers: Vec<LayerDefault>,
    /// The error of every stop that names none.
    pub(crate) error: Opt<Callable>,
    krate: Opt<CratePath>,
}

/// One layer with its options, as written.
pub(crate) struct LayerDefault {
    pub(crate) name: Ident,
    pub(crate) args: TokenStream,
}

impl FromMeta for DefaultsOptions {
    fn from_list(items: &[NestedMeta]) -> darling::Result<Self> {
        let (mut layers, mut error, mut krate): (Vec<LayerDefault>, _, _) = (Vec::new(), None, None);
        let mut wrong = Vec::new();
        for item in items {
            let NestedMeta::Meta(meta) = item else { continue };
            let Some(name) = meta.path().get_ident() else {
                continue;
            };
            let plain = name.to_string();
            let again = match plain.as_str() {
                "error" => error.replace(Opt::from_meta(meta)?).is_some(),
                "crate" => krate.replace(Opt::from_meta(meta)?).is_some(),
                layer if NAMES.contains(&layer) => {
                    let again = layers.iter().any(|earlier| earlier.name == *name);
                    let args = match meta {
                        Meta::List(list) => list.tokens.clone(),
                        _ => TokenStream::new(),
                    };
                    layers.push(LayerDefault {
                        name: name.clone(),
                        args,
                    });
                    again
                }
                other => {
                    wrong.push(
                        darling::Error::unknown_field_with_alts(other, Self::KEYS.iter().map(|(key, _)| key))
                            .with_span(name),
                    );
                    false
                }
            };
            if again {
                wrong.push(darling::Error::duplicate_field(&plain).with_span(name));
            }
        }
        if !wrong.is_empty() {
            return Err(darling::Error::multiple(wrong));
        }
        Ok(Self {
            layers,
            error: error.unwrap_or_default(),
            krate: krate.unwrap_or_default(),
        })
    }
}

macro_rules! keys {
    ($( $name:literal => $variant:ident($options:ty), )*) => {
        &[ $( ($name, Form::WordOrList), )* ("error", Form::Value), ("crate", Form::Value) ]
    };
}

impl OptionSet for DefaultsOptions {
    const ATTRIBUTE: &'static str = "defaults";
    const EXAMPLE: &'static str = "#[etiquette::defaults(with_timeout(5s), instrument_task)]";
    const KEYS: &'static [(&'static str, Form)] = each_layer!(keys);
    const FORMER: &'static [(&'static str, &'static str)] = &[
        ("timeout", "write `with_timeout(5s)`"),
        ("instrument", "write `instrument_task`"),
        ("on_error", "write `error = …`"),
        ("map_err", "write `error = …`"),
    ];
    const TAKES_VALUE: bool = false;

    fn report(&mut self, diagnostics: &Diagnostics) {
        self.error.report(diagnostics);
        self.krate.report(diagnostics);
    }
}

impl DefaultsOptions {
    /// Reports what is wrong with the layers themselves, once for all functions.
    pub(crate) fn check(&self, diagnostics: &Diagnostics) {
        for LayerDefault { name, args } in &self.layers {
            if let Some(layer) = Layer::parse(&name.to_string(), args.clone(), diagnostics) {
                layer.options().check(diagnostics);
            }
        }
    }
}
