//! From a checked plan to tokens. The only place where `quote!` writes code that users will run.
//!
//! The body becomes an `async` block ([`scaffold`]); each layer wraps what is below it, innermost first; the scaffold
//! puts the result back under the untouched signature:
//!
//! ```text
//! async fn f(a: A) -> Ret {
//!     return match with_timeout(limit, async { …the body… }).await {
//!         Ok(out) => out,
//!         Err(stop) => …the stop as a `Ret`…,
//!     };
//! }
//! ```

mod blocking;
mod boxed;
mod budget;
mod cancellable;
mod capture;
mod circuit_breaker;
pub(crate) mod classify;
mod concurrency_limit;
pub(crate) mod defaults;
mod fallback;
mod fault;
mod hedge;
mod instrument_task;
mod position;
mod rate_limit;
mod retry;
pub(crate) mod retrying;
mod run;
mod scaffold;
mod shield;
mod state;
mod stop;
mod wait;
mod with_timeout;

use crate::hygiene::names::{internal, visible};
use crate::hygiene::paths::CrateRoot;
use crate::layers::Layer;
use crate::model::plan::{Plan, Shape};
use crate::options::facts::Stop;
use crate::options::value::count::Count;
use crate::options::value::duration::DurationArg;
use crate::syntax::pattern::each_binding;
use crate::syntax::ret::Ret;
use crate::syntax::scan::rename;
use position::Position;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
pub(crate) use run::Run;
use syn::parse::Parser;
use syn::{Expr, LitStr, Signature};

/// The whole item.
pub(crate) fn expand(plan: &Plan) -> TokenStream {
    match &plan.shape {
        Shape::Native => scaffold::expand(plan),
        Shape::Boxed(parts) => boxed::expand(plan, parts),
    }
}

/// What a layer writes around the run below it.
trait Lower {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run;
}

macro_rules! dispatch {
    ($( $name:literal => $variant:ident($options:ty), )*) => {
        impl Lower for Layer {
            fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
                match self { $( Self::$variant(options) => options.lower(below, cx, at), )* }
            }
        }
    };
}
crate::layers::each_layer!(dispatch);

/// `expr` where a statement could stand: `{ 1 } + 1` is two of them there, unless there are parentheses around it.
pub(crate) fn standing_alone(expr: TokenStream) -> TokenStream {
    const BLOCKS: [&str; 8] = ["const", "for", "if", "loop", "match", "try", "unsafe", "while"];
    let begins_with_block = match expr.clone().into_iter().next() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(ident)) => BLOCKS.iter().any(|keyword| ident == keyword),
        Some(TokenTree::Punct(punct)) => punct.as_char() == '\'',
        _ => false,
    };
    let is_one_statement = || {
        let block = syn::Block::parse_within.parse2(expr.clone());
        block.is_ok_and(|stmts| stmts.len() == 1)
    };
    if begins_with_block && !is_one_statement() {
        quote!((#expr))
    } else {
        expr
    }
}

/// `(count) as i128`, so that an error about it points at `count`.
fn as_i128(count: &TokenStream) -> TokenStream {
    let span = count
        .clone()
        .into_iter()
        .next()
        .map_or_else(Span::call_site, |token| token.span());
    quote_spanned!(span.resolved_at(Span::mixed_site())=> (#count) as i128)
}

/// What every layer of one function needs to know.
pub(crate) struct Context<'a> {
    pub(crate) root: &'a CrateRoot,
    pub(crate) sig: Option<&'a Signature>,
    pub(crate) ret: &'a Ret,
    /// The body as the user wrote it.
    pub(crate) body: &'a TokenStream,
    /// The body's braces: names that the user asked for resolve here.
    pub(crate) braces: Span,
    /// `module::function`, unless a layer names it.
    pub(crate) operation: TokenStream,
    pub(crate) is_test: bool,
    /// Under `#[async_trait]`, what `self` is called where the body runs.
    pub(crate) self_name: Option<Ident>,
    /// What a test can have happen to the body.
    pub(crate) fault: TokenStream,
}

impl<'a> Context<'a> {
    fn of(plan: &'a Plan, body: &'a TokenStream) -> Self {
        let name = crate::hygiene::names::plain(&plan.sig.ident);
        let name = format!("::{name}");
        let self_name = match &plan.shape {
            Shape::Native => None,
            Shape::Boxed(boxed) => boxed
                .hoisted()
                .find(|pat| pat.ident == "__self")
                .map(|pat| pat.ident.clone()),
        };
        Self {
            root: &plan.root,
            sig: Some(&plan.sig),
            ret: &plan.ret,
            body,
            braces: plan.body.span(),
            operation: quote!(::core::concat!(::core::module_path!(), #name)),
            is_test: plan.is_test,
            self_name,
            fault: fault::Fault::of(plan).0,
        }
    }

    /// `::etiquette::__private::name`
    pub(crate) fn private(&self, name: &str) -> TokenStream {
        self.root.private(name)
    }

    /// `::etiquette::__private::Ty::name`, to be called as a function: a trait of the user's may give every type, ours
    /// too, a method of that name.
    pub(crate) fn method(&self, ty: &str, name: &str) -> TokenStream {
        let (ty, name) = (self.private(ty), Ident::new(name, Span::mixed_site()));
        quote!(#ty::#name)
    }

    /// `::etiquette::__private::name!`
    pub(crate) fn shim(&self, name: &str) -> TokenStream {
        self.root.shim(name)
    }

    /// Tokens that the user wrote in an option, as they mean here.
    pub(crate) fn user(&self, tokens: impl quote::ToTokens) -> TokenStream {
        let tokens = tokens.into_token_stream();
        match &self.self_name {
            Some(name) => rename(tokens, "self", name),
            None => tokens,
        }
    }

    /// The parameter that an option names: options and signature may come from different macros.
    pub(crate) fn parameter(&self, name: &Ident) -> Ident {
        let mut found = name.clone();
        if let Some(sig) = self.sig {
            each_binding(&mut sig.clone(), |pat| {
                if pat.ident == *name {
                    found = visible(name, pat.ident.span());
                }
            });
        }
        found
    }

    /// The operation's name for a layer that may have its own.
    pub(crate) fn operation(&self, own: Option<&LitStr>) -> TokenStream {
        own.map_or_else(|| self.operation.clone(), |name| quote!(#name))
    }

    /// A number of calls: a literal, or any integer that is known to the compiler or at run time.
    pub(crate) fn count(&self, count: &Count) -> TokenStream {
        match count.literal {
            Some(literal) => Literal::u32_suffixed(literal).into_token_stream(),
            None => {
                let (calls, count) = (self.private("calls"), self.user(count));
                let cast = as_i128(&count);
                quote!(#calls(#cast))
            }
        }
    }

    /// `limit(DURATION)`
    pub(crate) fn limit(&self, duration: &DurationArg) -> TokenStream {
        match duration.literal {
            Some(_) => {
                let (limit, duration) = (self.private("limit"), self.user(duration));
                quote!(#limit(#duration))
            }
            None => self.evaluated("limit", duration),
        }
    }

    /// `function(EXPR)`. What else is on the way to that, such as the guard of a lock, is gone when its own statement is,
    /// and not at the end of the one that the whole stands in.
    pub(crate) fn evaluated(&self, function: &str, option: impl quote::ToTokens) -> TokenStream {
        let (function, value) = (self.private(function), self.user(option));
        let call = quote!(#function(#value));
        match syn::parse2(value) {
            Ok(Expr::Path(_) | Expr::Field(_)) => call,
            _ => {
                let limit = internal("limit");
                quote!({ let #limit = #call; #limit })
            }
        }
    }

    /// A number of slots.
    pub(crate) fn slots(&self, count: &Count) -> TokenStream {
        match count.literal.map(usize::try_from) {
            Some(Ok(literal)) => Literal::usize_suffixed(literal).into_token_stream(),
            _ => {
                let (slots, count) = (self.private("count_slots"), self.user(count));
                let cast = as_i128(&count);
                quote!(#slots(#cast))
            }
        }
    }

    /// `permit.begin();`, where a layer above measures what begins here.
    pub(crate) fn begin_body(&self, at: &Position) -> TokenStream {
        if !at.begins_body {
            return TokenStream::new();
        }
        let (begin, permit) = (self.method("Permit", "begin"), internal("permit"));
        quote!(#begin(&#permit);)
    }

    /// How the run below ended: the variable, or `Ended::Body` where nothing below could stop it.
    pub(crate) fn ended(&self, at: &Position) -> TokenStream {
        if at.stops_below {
            internal("ended").into_token_stream()
        } else {
            let ty = self.private("Ended");
            quote!(#ty::Body)
        }
    }

    /// `__etq_ended = Ended::TimedOut;`, for a stop that a layer above looks at.
    pub(crate) fn mark(&self, stop: Stop, at: &Position) -> TokenStream {
        if !at.is_read {
            return TokenStream::new();
        }
        let variant = Ident::new(
            match stop {
                Stop::TimedOut => "TimedOut",
                Stop::Cancelled => "Cancelled",
                Stop::Refused => "Refused",
            },
            Span::mixed_site(),
        );
        let (ended, ty) = (internal("ended"), self.private("Ended"));
        quote!(#ended = #ty::#variant;)
    }
}
