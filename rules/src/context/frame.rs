//! What the walk is inside of.

use syn::{Attribute, Block, Expr, ExprForLoop, ExprLoop, ExprWhile, Signature};

/// One thing around the place that is being looked at.
#[derive(Clone)]
pub(crate) enum Frame<'a> {
    Module {
        name: String,
        attrs: &'a [Attribute],
    },
    Impl {
        type_name: String,
        is_trait: bool,
        attrs: &'a [Attribute],
    },
    Function(FnFrame<'a>),
    /// An `async { … }` block.
    Async(AsyncRole),
    Closure {
        role: ClosureRole,
        is_async: bool,
    },
    Loop(LoopView<'a>),
    /// The futures of a `select!`.
    Raced,
}

/// A function with its signature and what is written above it.
#[derive(Clone)]
pub(crate) struct FnFrame<'a> {
    pub(crate) sig: &'a Signature,
    pub(crate) attrs: &'a [Attribute],
    pub(crate) block: Option<&'a Block>,
    pub(crate) in_trait_impl: bool,
    /// The type of the surrounding `impl`.
    pub(crate) self_type: Option<String>,
}

impl FnFrame<'_> {
    /// Whether nothing else runs yet: `main`, and what a runtime attribute starts.
    pub(crate) fn is_main(&self) -> bool {
        let is_runner = |attr: &Attribute| {
            attr.path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "main")
        };
        self.sig.ident == "main" || self.attrs.iter().any(is_runner)
    }

    /// `setup`, `setup_ingest`, `init`, `inner_main`: it runs once, before the work begins.
    pub(crate) fn is_setup(&self) -> bool {
        let name = self.sig.ident.to_string();
        let names = [
            "setup",
            "init",
            "inner_main",
            "real_main",
            "async_main",
            "main_inner",
            "main_impl",
        ];
        names.contains(&name.as_str()) || name.starts_with("setup_")
    }

    /// Whether it is declared to return `!`, or nothing but an error: `Infallible`, `Result<Infallible>`.
    pub(crate) fn never_returns(&self) -> bool {
        let syn::ReturnType::Type(_, ty) = &self.sig.output else {
            return false;
        };
        let never = |ty: &syn::Type| match ty {
            syn::Type::Never(_) => true,
            syn::Type::Path(path) => path
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Infallible"),
            _ => false,
        };
        never(ty) || value_of_result(ty).is_some_and(never)
    }
}

/// `T` of a `Result<T, …>`, whatever the alias puts behind it.
fn value_of_result(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(args) = &last.arguments else {
        return None;
    };
    match args.args.first() {
        Some(syn::GenericArgument::Type(value)) if last.ident == "Result" => Some(value),
        _ => None,
    }
}

/// What becomes of an async block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsyncRole {
    /// Given to a function that starts a task, whose handle is dropped at once.
    Detached,
    /// Given to a function that starts a task; somebody holds it.
    Spawned,
    /// Given to a `timeout`, a `select` or a combinator that can drop it.
    Raced,
    /// Awaited, returned, stored, given to somebody unknown.
    Other,
}

/// Where a closure runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClosureRole {
    /// Here and now, as in `.map(|x| …)`.
    Inline,
    /// On a thread where blocking is fine.
    Blocking,
    /// Wherever its callee likes.
    Unknown,
}

/// A loop of any kind.
#[derive(Clone, Copy)]
pub(crate) struct LoopView<'a> {
    pub(crate) kind: LoopKind<'a>,
    pub(crate) body: &'a Block,
    pub(crate) expr: &'a Expr,
}

#[derive(Clone, Copy)]
pub(crate) enum LoopKind<'a> {
    /// `loop` and `while true`.
    Endless,
    While(&'a Expr),
    For,
}

impl<'a> LoopView<'a> {
    pub(crate) fn of(expr: &'a Expr) -> Option<Self> {
        Some(match expr {
            Expr::Loop(ExprLoop { body, .. }) => Self {
                kind: LoopKind::Endless,
                body,
                expr,
            },
            Expr::While(ExprWhile { cond, body, .. }) => {
                let endless =
                    matches!(&**cond, Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(b) if b.value));
                let kind = if endless {
                    LoopKind::Endless
                } else {
                    LoopKind::While(cond)
                };
                Self { kind, body, expr }
            }
            Expr::ForLoop(ExprForLoop { body, .. }) => Self {
                kind: LoopKind::For,
                body,
                expr,
            },
            _ => return None,
        })
    }
}
