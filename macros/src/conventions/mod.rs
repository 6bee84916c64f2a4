//! `#[conventions]`: parse → policy → check → findings and questions → expand. The rules are those of `rules/`; here
//! they meet the compiler, which knows the types and can underline what the user wrote.

pub(crate) mod exempt;

#[cfg(feature = "conventions")]
mod ask;
#[cfg(feature = "conventions")]
mod cache;
#[cfg(feature = "conventions")]
mod check;
#[cfg(feature = "conventions")]
mod expand;
#[cfg(feature = "conventions")]
mod fallible;
#[cfg(feature = "conventions")]
mod finding;
#[cfg(feature = "conventions")]
mod options;
#[cfg(feature = "conventions")]
mod policy;
#[cfg(feature = "conventions")]
mod require;
#[cfg(feature = "conventions")]
mod send;
#[cfg(feature = "conventions")]
mod subject;
#[cfg(test)]
#[cfg(feature = "conventions")]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

/// `#[conventions]`, where the engine was left out of the build.
#[cfg(not(feature = "conventions"))]
pub(crate) fn conventions(_: TokenStream, item: TokenStream) -> TokenStream {
    let error = crate::diag::Diagnostic::at(
        proc_macro2::Span::call_site(),
        "`#[conventions]` needs the feature `conventions` of etiquette",
    )
    .help("run `cargo add etiquette --features conventions`")
    .into_tokens();
    let item = exempt::strip(item);
    quote!(#error #item)
}

/// `#[conventions]`
#[cfg(feature = "conventions")]
pub(crate) fn conventions(args: TokenStream, item: TokenStream) -> TokenStream {
    checked(policy::engine(), args, item)
}

/// By that engine, or with what is wrong with its policy.
#[cfg(feature = "conventions")]
fn checked(
    engine: Result<std::sync::Arc<etiquette_rules::Engine>, Vec<String>>,
    args: TokenStream,
    item: TokenStream,
) -> TokenStream {
    use crate::diag::{Diagnostic, Diagnostics};
    use crate::options::parse;

    let diagnostics = Diagnostics::new();
    let options = parse::<options::ConventionsOptions>(args.clone(), &diagnostics);
    let subject = subject::Subject::of(&item, &diagnostics);
    if let (Some(options), Some(subject)) = (&options, &subject)
        && let Some(sends) = options.sends()
        && let Some((rule, help)) = subject.cannot_send()
    {
        diagnostics.push(Diagnostic::on(sends, rule).help(help));
    }
    let errors = diagnostics.finish();
    let (Some(options), Some(subject), true) = (options, subject, errors.is_empty()) else {
        let item = exempt::strip(item);
        return quote!(#errors #item);
    };
    let required = options.required();
    let found = match engine {
        Ok(engine) => {
            let mut found = check::check(&engine, &item, subject.name(), required);
            found.findings.extend(require::check(&item, required));
            found
        }
        Err(mistakes) => check::Found::mistakes(&mistakes, subject.name()),
    };
    let root = crate::syntax::stack::crate_root(&args).unwrap_or_default();
    expand::expand(subject, found, &root, options.sends().is_some())
}
