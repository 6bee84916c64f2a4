//! Values that are names: of the operation, of the runtime crate, of things in the body.

use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use crate::syntax::stack::is_absolute;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{LitStr, Path, Token};

/// `name = "orders::create"`
pub(crate) struct Name(pub(crate) LitStr);

impl Value for Name {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match syn::parse2::<LitStr>(value.clone()) {
            Ok(name) if !name.value().trim().is_empty() => Ok(Self(name)),
            Ok(_) => Err(Diagnostic::on(&value, "an operation's name is not empty")
                .help("leave `name` out for `module::function`")),
            Err(_) => Err(Diagnostic::on(&value, "`name` is a string literal")
                .help("write `name = \"orders::create\"`")),
        }
    }
}

/// `crate = ::path`; only its form is checked here: `syntax::stack` has long found it.
pub(crate) struct CratePath;

impl Value for CratePath {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let path = syn::parse2::<Path>(value.clone()).map_err(|_| {
            Diagnostic::on(&value, "`crate` is the path of the etiquette crate")
                .help("write `crate = ::etiquette`")
        })?;
        if is_absolute(&path) {
            return Ok(Self);
        }
        let plain = path.to_token_stream().to_string().replace(' ', "");
        let plain = plain
            .trim_start_matches("self::")
            .trim_start_matches("super::")
            .to_owned();
        Err(Diagnostic::on(
            &value,
            "the path after `crate =` starts at a crate's root, so that it is right in every module",
        )
        .help(format_args!(
            "write `crate = ::{plain}` or `crate = crate::{plain}`"
        )))
    }
}

/// `clone(a, b)`: names of parameters.
pub(crate) struct Names(pub(crate) Vec<Ident>);

impl Value for Names {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let names = |input: ParseStream<'_>| {
            Punctuated::<Ident, Token![,]>::parse_terminated_with(input, Ident::parse_any)
        };
        let names = names.parse2(value).map_err(|error| {
            Diagnostic::at(error.span(), format_args!("`{key}` takes names of parameters"))
                .help(format_args!("write `{key}(request)`"))
        })?;
        if names.is_empty() {
            return Err(
                Diagnostic::at(key.span(), format_args!("`{key}` names at least one parameter"))
                    .help(format_args!("write `{key}(request)`")),
            );
        }
        for (n, name) in names.iter().enumerate() {
            if names.iter().take(n).any(|earlier| earlier == name) {
                return Err(
                    Diagnostic::on(name, format_args!("`{name}` is named twice")).help("name it once")
                );
            }
        }
        Ok(Self(names.into_iter().collect()))
    }
}

/// `attempt = at`: a name that the body will see.
pub(crate) struct NewName(pub(crate) Ident);

impl Value for NewName {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        syn::parse2(value.clone()).map(Self).map_err(|_| {
            Diagnostic::on(
                &value,
                format_args!("`{key}` gives a name to something that the body will see"),
            )
            .help(format_args!("write `{key} = {key}`"))
        })
    }
}
