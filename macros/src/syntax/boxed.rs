//! Functions that are async without saying so: `Box::pin(async move { … })` or `async move { … }` as the last
//! expression of a sync `fn`. `#[async_trait]` writes the first kind; people write both.

use super::ret::{Ret, ungroup};
use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprAsync, GenericArgument, Local, Pat, PathArguments, ReturnType, Stmt, Type,
    TypeParamBound,
};

/// The parts of such a function; everything but the body is emitted as it was.
pub(crate) struct Boxed {
    /// The function's own braces.
    pub(crate) outer_span: Span,
    /// Statements before the future.
    pub(crate) setup: Vec<Stmt>,
    /// `Box::pin` and the span of its parentheses, or nothing.
    pub(crate) wrapper: Option<(TokenStream, Span)>,
    pub(crate) async_span: Span,
    /// The braces of the `async` block.
    pub(crate) brace_span: Span,
    /// `move`
    pub(crate) capture: Option<TokenStream>,
    /// What `#[async_trait]` puts before the user's block: its return edge and `let x = x;`.
    pub(crate) prelude: Vec<Stmt>,
    /// The user's own block.
    pub(crate) body: Group,
    /// What `#[async_trait]` puts around the user's block: `let __ret: T = …; __ret`.
    pub(crate) ending: Ending,
    pub(crate) ret: Ret,
}

/// Where the value of the user's block goes.
pub(crate) enum Ending {
    /// It is the future's output.
    Value,
    /// `let __ret: T = { user };` and the statements after it.
    Let { local: Box<Local>, after: Vec<Stmt> },
}

impl Boxed {
    /// Recognises the shape by its tail.
    pub(crate) fn of(block: &Group, output: &ReturnType) -> Option<Self> {
        let mut stmts = syn::parse2::<Block>(block.to_token_stream()).ok()?.stmts;
        let Some(Stmt::Expr(tail, None)) = stmts.pop() else {
            return None;
        };
        let (wrapper, future) = match tail {
            Expr::Async(future) => (None, future),
            Expr::Call(mut call) => match (call.args.pop(), call.args.is_empty()) {
                (Some(Expr::Async(future)), true) => {
                    let span = call.paren_token.span.join();
                    (Some((call.func.to_token_stream(), span)), future)
                }
                _ => return None,
            },
            _ => return None,
        };
        let mut boxed = Self::of_future(future, output_of(output))?;
        boxed.outer_span = block.span();
        boxed.setup = stmts;
        boxed.wrapper = wrapper;
        Some(boxed)
    }

    fn of_future(future: ExprAsync, ret: Ret) -> Option<Self> {
        let ExprAsync {
            async_token,
            capture,
            block,
            ..
        } = future;
        let span = block.brace_token.span.join();
        let mut parts = Self {
            outer_span: span,
            setup: Vec::new(),
            wrapper: None,
            async_span: async_token.span,
            brace_span: span,
            capture: capture.map(ToTokens::into_token_stream),
            prelude: Vec::new(),
            body: braces(span, block.stmts.iter().map(ToTokens::to_token_stream).collect()),
            ending: Ending::Value,
            ret,
        };
        if let Some((at, ret)) = generated(&block.stmts) {
            let mut stmts = block.stmts.into_iter();
            parts.prelude = stmts.by_ref().take(at).collect();
            let Some(Stmt::Local(local)) = stmts.next() else {
                return None;
            };
            let Some(Expr::Block(user)) = local.init.as_ref().map(|init| &*init.expr) else {
                return None;
            };
            let span = user.block.brace_token.span.join();
            parts.body = braces(
                span,
                user.block.stmts.iter().map(ToTokens::to_token_stream).collect(),
            );
            parts.ret = ret;
            parts.ending = Ending::Let {
                local: Box::new(local),
                after: stmts.collect(),
            };
        }
        Some(parts)
    }

    /// The names that the prelude moves into the future: `let x = x;`.
    pub(crate) fn hoisted(&self) -> impl Iterator<Item = &syn::PatIdent> {
        self.prelude.iter().filter_map(|stmt| match stmt {
            Stmt::Local(Local {
                pat: Pat::Ident(pat), ..
            }) => Some(pat),
            _ => None,
        })
    }
}

/// `let __ret: T = { … };` or `let _: () = { … };` among `stmts`, as `#[async_trait]` writes them, with `T`.
fn generated(stmts: &[Stmt]) -> Option<(usize, Ret)> {
    stmts.iter().enumerate().find_map(|(at, stmt)| {
        let Stmt::Local(local) = stmt else { return None };
        let Pat::Type(pat) = &local.pat else { return None };
        let is_ret = match &*pat.pat {
            Pat::Ident(pat) => pat.ident == "__ret",
            Pat::Wild(_) => at + 1 == stmts.len(),
            _ => false,
        };
        let is_block = matches!(local.init.as_ref().map(|init| &*init.expr), Some(Expr::Block(_)));
        (is_ret && is_block).then(|| (at, Ret::from_type(&pat.ty)))
    })
}

/// `{ … }` at `span`.
pub(crate) fn braces(span: Span, stmts: TokenStream) -> Group {
    let mut group = Group::new(proc_macro2::Delimiter::Brace, stmts);
    group.set_span(span);
    group
}

/// The `Output` of a returned future, where the signature tells.
fn output_of(output: &ReturnType) -> Ret {
    fn of(ty: &Type) -> Option<Type> {
        match ungroup(ty) {
            Type::ImplTrait(ty) => ty.bounds.iter().find_map(of_bound),
            Type::TraitObject(ty) => ty.bounds.iter().find_map(of_bound),
            Type::Path(path) => {
                let last = path.path.segments.last()?;
                let PathArguments::AngleBracketed(args) = &last.arguments else {
                    return None;
                };
                let inner = args.args.iter().find_map(|arg| match arg {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                })?;
                // `BoxFuture<'_, T>` names the output; `Pin<Box<…>>` holds the future.
                if last.ident.to_string().ends_with("Future") {
                    Some(inner.clone())
                } else {
                    of(inner)
                }
            }
            _ => None,
        }
    }
    fn of_bound(bound: &TypeParamBound) -> Option<Type> {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let PathArguments::AngleBracketed(args) = &bound.path.segments.last()?.arguments else {
            return None;
        };
        args.args.iter().find_map(|arg| match arg {
            GenericArgument::AssocType(assoc) if assoc.ident == "Output" => Some(assoc.ty.clone()),
            _ => None,
        })
    }
    match output {
        ReturnType::Default => Ret::unknown(),
        ReturnType::Type(_, ty) => of(ty).map_or_else(Ret::unknown, |ty| Ret::from_type(&ty)),
    }
}

/// `quote!` of a block's statements needs them as one stream.
pub(crate) fn tokens_of(stmts: &[Stmt]) -> TokenStream {
    quote!(#(#stmts)*)
}
