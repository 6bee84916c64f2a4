//! `#[conventions(require(with_timeout, instrument_task))]`.

use crate::diag::Diagnostic;
use crate::layers::NAMES;
use crate::options::value::naming::CratePath;
use crate::options::value::word::Flag;
use crate::options::{Value, options};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use syn::Token;
use syn::parse::Parser;
use syn::punctuated::Punctuated;

options! {
    pub(crate) struct ConventionsOptions for "conventions", as in "#[etiquette::conventions(require(with_timeout))]" {
        require = "require": Layers,
        send = "send": Flag,
        krate = "crate": CratePath,
    }
    former {
        "allow" => "write `#[etiquette::exempt(blocking_fs, reason = \"…\")]` on what it covers",
        "exempt" => "write `#[etiquette::exempt(blocking_fs, reason = \"…\")]` on what it covers",
        "deny" => "levels are set in `etiquette.toml`: `[rules] blocking_fs = \"deny\"`",
        "warn" => "levels are set in `etiquette.toml`: `[rules] blocking_fs = \"warn\"`",
        "preset" => "the preset is set in `etiquette.toml`: `preset = \"server\"`",
    }
}

impl ConventionsOptions {
    pub(super) fn required(&self) -> &[Ident] {
        self.require.get().map_or(&[], |layers| &layers.0)
    }

    /// The futures of what it covers are declared to be `Send`.
    pub(super) fn sends(&self) -> Option<&Ident> {
        self.send.key()
    }
}

/// `require(with_timeout, instrument_task)`: names of layers.
pub(crate) struct Layers(Vec<Ident>);

impl Value for Layers {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let example = "write `require(with_timeout, instrument_task)`";
        let names = Punctuated::<Ident, Token![,]>::parse_terminated
            .parse2(value)
            .map_err(|error| {
                Diagnostic::at(
                    error.span(),
                    "`require` takes the names of layers, without options",
                )
                .help(example)
            })?;
        if names.is_empty() {
            return Err(Diagnostic::at(key.span(), "`require` names at least one layer").help(example));
        }
        if let Some(unknown) = names.iter().find(|name| !is_layer(name)) {
            return Err(
                Diagnostic::at(unknown.span(), format_args!("`{unknown}` is not a layer")).help(
                    format_args!(
                        "the layers are {}",
                        NAMES
                            .iter()
                            .map(|name| format!("`{name}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    ),
                ),
            );
        }
        Ok(Self(names.into_iter().collect()))
    }
}

/// One of the attributes that a stack is made of.
pub(super) fn is_layer(name: &Ident) -> bool {
    NAMES.iter().any(|layer| name == layer)
}
