//! Values that are Rust expressions. They stay the tokens the user wrote; a string is never read as code.

use super::units::refuse_inner_literals;
use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Expr;

/// Any expression.
pub(crate) struct ExprArg(pub(crate) TokenStream);

impl Value for ExprArg {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        parse_expr(&value)?;
        refuse_inner_literals(&value)?;
        Ok(Self(value))
    }
}

impl ToTokens for ExprArg {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

pub(crate) fn parse_expr(tokens: &TokenStream) -> Result<Expr, Diagnostic> {
    syn::parse2(tokens.clone()).map_err(Diagnostic::from)
}

/// The name, when `tokens` are just one identifier.
pub(crate) fn lone_ident(tokens: &TokenStream) -> Option<Ident> {
    syn::parse2(tokens.clone()).ok()
}
