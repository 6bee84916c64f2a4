//! Words that stand for themselves, and yes or no.

use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};

/// A word without a value.
pub(crate) struct Flag;

impl Value for Flag {
    const FORM: Form = Form::Word;

    fn parse(_: &Ident, _: TokenStream) -> Result<Self, Diagnostic> {
        Ok(Self)
    }
}

/// `true` or `false`, written out.
pub(crate) struct Bool(pub(crate) bool);

impl Value for Bool {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        syn::parse2::<syn::LitBool>(value.clone())
            .map(|lit| Self(lit.value))
            .map_err(|_| {
                Diagnostic::on(&value, format_args!("`{key}` is `true` or `false`"))
                    .help(format_args!("write `{key} = false`"))
            })
    }
}
