//! What may stand between an attribute's parentheses: one file per attribute, one table per file.
//!
//! [`options!`] declares a struct of [`Opt`]s; from it come the names the splitter knows, the darling parser, and the
//! list in "unknown option". A value's type lives in [`value`] and checks nothing but the value itself; what two
//! options of one attribute mean together is its [`LayerOptions::check`], and what two attributes do `model::validate`.

pub(crate) mod blocking;
pub(crate) mod cancellable;
pub(crate) mod circuit_breaker;
pub(crate) mod concurrency_limit;
pub(crate) mod defaults;
pub(crate) mod facts;
pub(crate) mod fallback;
pub(crate) mod hedge;
pub(crate) mod instrument_task;
pub(crate) mod rate_limit;
pub(crate) mod retry;
pub(crate) mod shield;
pub(crate) mod value;
pub(crate) mod with_timeout;

use crate::diag::adopt::{Vocabulary, adopt};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::{Form, Grammar, REPORTED, split};
use proc_macro2::{Ident, Span, TokenStream};
use syn::Meta;
use value::expr;

/// How the value that needs no name is called inside.
pub(crate) const POSITIONAL: &str = "__value";

/// A kind of value that an option can have.
pub(crate) trait Value: Sized {
    const FORM: Form;
    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic>;
}

/// An option that was or was not written.
pub(crate) struct Opt<T> {
    given: Option<Given<T>>,
}

/// An option that was written, with the name it was written by.
pub(crate) struct Given<T> {
    pub(crate) key: Ident,
    written: TokenStream,
    parsed: Result<T, Option<Diagnostic>>,
}

impl<T> Opt<T> {
    /// The value, when it was written and is right.
    pub(crate) fn get(&self) -> Option<&T> {
        self.given.as_ref().and_then(|given| given.parsed.as_ref().ok())
    }

    /// The name as written, for an error about the option rather than its value.
    pub(crate) fn key(&self) -> Option<&Ident> {
        self.given.as_ref().map(|given| &given.key)
    }

    /// The value as written, right or wrong.
    pub(crate) fn written(&self) -> Option<&TokenStream> {
        self.given.as_ref().map(|given| &given.written)
    }

    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some()
    }

    /// Hands a value's error to `diagnostics`, once.
    pub(crate) fn report(&mut self, diagnostics: &Diagnostics) {
        if let Some(Given {
            parsed: Err(error), ..
        }) = &mut self.given
            && let Some(error) = error.take()
        {
            diagnostics.push(error);
        }
    }
}

impl<T: Value> darling::FromMeta for Opt<T> {
    /// Never fails: a wrong value keeps its error, with both ends of its span, until [`Opt::report`].
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let key = meta
            .path()
            .get_ident()
            .cloned()
            .unwrap_or_else(|| Ident::new(POSITIONAL, Span::call_site()));
        let value = match meta {
            Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        let parsed = match expr::lone_ident(&value) {
            Some(mark) if mark == REPORTED => Err(None),
            _ => T::parse(&key, value.clone()).map_err(Some),
        };
        Ok(Self {
            given: Some(Given {
                key,
                written: value,
                parsed,
            }),
        })
    }

    fn from_none() -> Option<Self> {
        Some(Self::default())
    }
}

impl<T> Default for Opt<T> {
    /// Not written.
    fn default() -> Self {
        Self { given: None }
    }
}

/// All options of one attribute.
pub(crate) trait OptionSet: darling::FromMeta {
    const ATTRIBUTE: &'static str;
    const EXAMPLE: &'static str;
    const KEYS: &'static [(&'static str, Form)];
    const FORMER: &'static [(&'static str, &'static str)];
    const TAKES_VALUE: bool;
    /// A value without a name that is refused, with the error that says why.
    const REFUSE_BARE: Option<fn(&TokenStream) -> Diagnostic> = None;
    fn report(&mut self, diagnostics: &Diagnostics);
}

/// The options of an attribute that becomes a layer of a stack.
pub(crate) trait LayerOptions {
    fn facts(&self) -> facts::Facts;
    fn name(&self) -> Option<&syn::LitStr>;
    /// Errors about options that are each right and together wrong.
    fn check(&self, diagnostics: &Diagnostics);
}

/// What was written, of the options that were.
pub(crate) fn written<const N: usize>(options: [Option<&TokenStream>; N]) -> Vec<TokenStream> {
    options.into_iter().flatten().cloned().collect()
}

/// Reports a state where a number stands alone: what is written with a `&` belongs to `option`.
pub(crate) fn refuse_borrow(value: Option<&TokenStream>, option: &str, diagnostics: &Diagnostics) -> bool {
    let Some(value) = value.filter(|value| matches!(expr::parse_expr(value), Ok(syn::Expr::Reference(_))))
    else {
        return false;
    };
    let written = value.to_string().replace(' ', "");
    diagnostics.push(
        Diagnostic::on(value, "what stands alone is a number")
            .help(format_args!("write `{option} = {written}`")),
    );
    true
}

/// Reports `second` when both options are written.
pub(crate) fn exclusive(first: Option<&Ident>, second: Option<&Ident>, diagnostics: &Diagnostics) {
    if let (Some(first), Some(second)) = (first, second) {
        diagnostics.push(
            Diagnostic::at(second.span(), format_args!("`{second}` conflicts with `{first}`"))
                .help("keep one of the two"),
        );
    }
}

/// Declares the options of an attribute.
macro_rules! options {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident for $attribute:literal, as in $example:literal {
            $( (value): $value:ty, )?
            $( $(#[$doc:meta])* $field:ident = $key:literal: $ty:ty, )*
        }
        former { $( $old:literal => $today:literal, )* }
        $( refuse bare: $refuse:path; )?
    ) => {
        $(#[$meta])*
        #[derive(darling::FromMeta)]
        $vis struct $name {
            $( #[darling(rename = "__value")] pub(crate) value: $crate::options::Opt<$value>, )?
            $( $(#[$doc])* #[darling(rename = $key)] pub(crate) $field: $crate::options::Opt<$ty>, )*
        }

        impl $crate::options::OptionSet for $name {
            const ATTRIBUTE: &'static str = $attribute;
            const EXAMPLE: &'static str = $example;
            const KEYS: &'static [(&'static str, $crate::syntax::list::Form)] =
                &[ $( ($key, <$ty as $crate::options::Value>::FORM), )* ];
            const FORMER: &'static [(&'static str, &'static str)] = &[ $( ($old, $today), )* ];
            const TAKES_VALUE: bool = $( { let _ = stringify!($value); true } || )? false;
            $( const REFUSE_BARE: Option<fn(&proc_macro2::TokenStream) -> $crate::diag::Diagnostic> = Some($refuse); )?

            fn report(&mut self, diagnostics: &$crate::diag::Diagnostics) {
                $( $crate::options::Opt::<$value>::report(&mut self.value, diagnostics); )?
                $( self.$field.report(diagnostics); )*
            }
        }
    };
}
pub(crate) use options;

/// Reads `args` as the options `O`, reporting everything that is wrong with them. `None` only when darling gave up.
pub(crate) fn parse<O: OptionSet>(args: TokenStream, diagnostics: &Diagnostics) -> Option<O> {
    let grammar = Grammar {
        attribute: O::ATTRIBUTE,
        keys: O::KEYS,
        positional: O::TAKES_VALUE.then_some(POSITIONAL),
        example: O::EXAMPLE,
        refuse_bare: O::REFUSE_BARE,
    };
    let metas = split(args, &grammar, diagnostics);
    match O::from_list(&metas) {
        Ok(mut options) => {
            options.report(diagnostics);
            Some(options)
        }
        Err(error) => {
            let words = Vocabulary {
                attribute: O::ATTRIBUTE,
                example: O::EXAMPLE,
                keys: O::KEYS.iter().map(|(key, _)| *key).collect(),
                former: O::FORMER,
                positional: POSITIONAL,
            };
            adopt(error, &words, diagnostics);
            report_values::<O>(&metas, diagnostics);
            None
        }
    }
}

/// The values' own errors, where darling refused the list for another reason: each known option once, alone.
fn report_values<O: OptionSet>(metas: &[darling::ast::NestedMeta], diagnostics: &Diagnostics) {
    for meta in metas {
        if let Ok(mut options) = O::from_list(std::slice::from_ref(meta)) {
            options.report(diagnostics);
        }
    }
}
