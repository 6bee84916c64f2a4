//! A sync `fn` that returns a future it writes out; `#[async_trait]` makes them:
//!
//! ```text
//! fn f(&self, s: String) -> Pin<Box<…>> {
//!     Box::pin(async move {
//!         let mut s = s;                          // async_trait's prelude, once: not per attempt
//!         let __ret: Ret = LAYERS(async { …the body… });
//!         __ret
//!     })
//! }
//! ```

use super::capture::Capture;
use super::position::has_to_itself;
use super::scaffold::{body_block, item, lower};
use crate::model::plan::Plan;
use crate::syntax::boxed::{Boxed, Ending, braces, tokens_of};
use crate::syntax::pattern::self_kind;
use crate::syntax::scan::mentions;
use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Local, Pat, Stmt};

pub(super) fn expand(plan: &Plan, parts: &Boxed) -> TokenStream {
    let body = plan.body.stream();
    let mut sig = plan.sig.clone();
    let mut capture = Capture::new(plan, &body);
    let mut prelude = parts.prelude.clone();
    capture_hoisted(plan, &mut prelude, &mut capture);
    let hoisted: Vec<Ident> = parts.hoisted().map(|pat| pat.ident.clone()).collect();
    capture.parameters(&mut sig, |name| {
        name == "self" || hoisted.contains(name) || parts.setup.iter().any(|stmt| rebinds(stmt, name))
    });

    let (stmts, expr) = lower(
        plan,
        &body,
        body_block(plan, &capture, &plan.body, parts.async_span),
    );
    let prelude = tokens_of(&prelude);
    let contents = match &parts.ending {
        Ending::Value if plan.ret.never => quote!(#prelude #stmts #expr),
        Ending::Value => quote!(#prelude #stmts return #expr;),
        Ending::Let { local, after } => {
            let (pat, after) = (&local.pat, tokens_of(after));
            quote!(#prelude #stmts let #pat = #expr; #after)
        }
    };
    let (capture, setup, inner_attrs) = (&parts.capture, tokens_of(&parts.setup), &plan.inner_attrs);
    // What the user wrote around the body keeps its spans, or lints about it would point at the attribute.
    let contents = braces(parts.brace_span, contents);
    let future = quote_spanned!(parts.async_span=> async #capture #contents);
    let future = match &parts.wrapper {
        Some((wrapper, span)) => {
            let mut argument = Group::new(Delimiter::Parenthesis, future);
            argument.set_span(*span);
            quote!(#wrapper #argument)
        }
        None => future,
    };
    item(plan, &sig, parts.outer_span, quote!(#inner_attrs #setup #future))
}

/// `let s = s;` becomes `let mut s = s;` where the body's block borrows it exclusively.
fn capture_hoisted(plan: &Plan, prelude: &mut [Stmt], capture: &mut Capture<'_>) {
    let clones: Vec<&Ident> = plan
        .layers
        .iter()
        .flat_map(|planned| &planned.facts.clones)
        .collect();
    for stmt in prelude {
        let Stmt::Local(Local {
            pat: Pat::Ident(pat), ..
        }) = stmt
        else {
            continue;
        };
        if pat.ident == "__self" {
            if capture.wants(&pat.ident) {
                let kind = self_kind(&plan.sig);
                capture.receiver(&pat.ident, kind);
                if let crate::syntax::pattern::SelfKind::Owned { is_mut: false } = kind {
                    pat.mutability = Some(syn::token::Mut(proc_macro2::Span::mixed_site()));
                }
            }
        } else if clones.contains(&&pat.ident) {
            if pat.mutability.take().is_none() && has_to_itself(plan, &pat.ident) {
                capture.clone_of(&pat.ident);
            }
        } else {
            capture.binding(pat);
        }
    }
}

/// Whether a statement before the future may give `name` another meaning.
fn rebinds(stmt: &Stmt, name: &Ident) -> bool {
    matches!(stmt, Stmt::Local(local) if mentions(&local.pat.to_token_stream(), name))
}
