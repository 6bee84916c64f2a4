//! Where a value comes from, as far as one function tells: the call or the declared type it began with, and the
//! methods that were called on it since.

use syn::{Expr, GenericArgument, Pat, PathArguments, Type};

use super::fields::Fields;
use crate::source::Names;

/// The beginning of a value and its way since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Full path of the first call, or of the declared type (without `&`, `Arc`, `Rc`, `Box` around it).
    pub(crate) root: String,
    /// Methods called since; `await` and `?` stand for themselves.
    pub(crate) steps: Vec<String>,
}

impl Origin {
    pub(crate) fn has(&self, step: &str) -> bool {
        self.steps.iter().any(|have| have == step)
    }
}

/// The variables in view, innermost last. A variable that nothing is known of hides others of its name.
#[derive(Default)]
pub(crate) struct Locals {
    known: Vec<(String, Option<Origin>)>,
}

impl Locals {
    pub(crate) fn mark(&self) -> usize {
        self.known.len()
    }

    pub(crate) fn forget(&mut self, mark: usize) {
        self.known.truncate(mark);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Origin> {
        self.known
            .iter()
            .rev()
            .find(|(known, _)| known == name)?
            .1
            .as_ref()
    }

    fn set(&mut self, name: String, origin: Option<Origin>) {
        self.known.push((name, origin));
    }

    /// Adds what a pattern binds. Only a plain name, or one with a type, keeps the origin.
    pub(crate) fn bind(&mut self, pattern: &Pat, origin: Option<Origin>, names: &Names) {
        match pattern {
            Pat::Ident(ident) => {
                let origin = if ident.subpat.is_none() { origin } else { None };
                self.set(ident.ident.to_string(), origin);
            }
            Pat::Type(typed) => {
                let declared = of_type(&typed.ty, names);
                self.bind(&typed.pat, declared.or(origin), names);
            }
            Pat::Reference(inner) => self.bind(&inner.pat, origin, names),
            Pat::Paren(inner) => self.bind(&inner.pat, origin, names),
            Pat::Guard(inner) => self.bind(&inner.pat, origin, names),
            Pat::Tuple(tuple) => {
                // `let (tx, rx) = channel()`: the place in the tuple is part of the way.
                for (n, pattern) in tuple.elems.iter().enumerate() {
                    let part = origin.clone().map(|mut origin| {
                        origin.steps.push(format!(".{n}"));
                        origin
                    });
                    self.bind(pattern, part, names);
                }
            }
            Pat::TupleStruct(inner) => inner
                .elems
                .iter()
                .for_each(|pattern| self.bind(pattern, None, names)),
            Pat::Struct(inner) => inner
                .fields
                .iter()
                .for_each(|field| self.bind(&field.pat, None, names)),
            Pat::Slice(inner) => inner
                .elems
                .iter()
                .for_each(|pattern| self.bind(pattern, None, names)),
            Pat::Or(inner) => inner
                .cases
                .iter()
                .for_each(|pattern| self.bind(pattern, None, names)),
            _ => {}
        }
    }
}

/// Where a value comes from.
pub(crate) fn of_expr(
    expr: &Expr,
    locals: &Locals,
    names: &Names,
    fields: &Fields<'_>,
    self_type: Option<&str>,
) -> Option<Origin> {
    let inner = |expr| of_expr(expr, locals, names, fields, self_type);
    let step = |expr, step: &str| {
        let mut origin = inner(expr)?;
        origin.steps.push(step.to_owned());
        Some(origin)
    };
    match expr {
        Expr::Path(path) if path.qself.is_none() => {
            let name = path.path.get_ident()?.to_string();
            match name.as_str() {
                "self" => Some(Origin {
                    root: format!("self::{}", self_type?),
                    steps: Vec::new(),
                }),
                _ => locals.get(&name).cloned(),
            }
        }
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                return None;
            };
            let mut paths = names.resolve(&path.path);
            if paths.len() != 1 || path.qself.is_some() {
                return None;
            }
            let root = paths.pop()?;
            // A shared handle is as good as what it holds.
            let holder = [
                "std::sync::Arc::new",
                "std::rc::Rc::new",
                "std::boxed::Box::new",
                "Arc::new",
                "Box::new",
            ];
            if holder.contains(&root.as_str()) {
                return call.args.first().and_then(inner);
            }
            if root.ends_with("::clone") {
                return call.args.first().and_then(inner);
            }
            Some(Origin {
                root,
                steps: Vec::new(),
            })
        }
        Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty() => inner(&call.receiver),
        Expr::MethodCall(call) => step(&call.receiver, &call.method.to_string()),
        Expr::Await(awaited) => step(&awaited.base, "await"),
        Expr::Try(tried) => step(&tried.expr, "?"),
        Expr::Paren(paren) => inner(&paren.expr),
        Expr::Group(group) => inner(&group.expr),
        Expr::Reference(reference) => inner(&reference.expr),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => inner(&unary.expr),
        Expr::Struct(literal) => {
            let root = names.resolve(&literal.path).into_iter().next()?;
            Some(Origin {
                root,
                steps: Vec::new(),
            })
        }
        Expr::Field(field) => {
            let owner = inner(&field.base).filter(|owner| owner.steps.is_empty())?;
            let syn::Member::Named(name) = &field.member else {
                return None;
            };
            let owner = owner.root.rsplit("::").next()?.to_owned();
            of_type(fields.get(&owner, &name.to_string())?, names)
        }
        _ => None,
    }
}

/// The path of a declared type, without what merely shares or borrows it.
pub(crate) fn of_type(ty: &Type, names: &Names) -> Option<Origin> {
    match ty {
        Type::Reference(reference) => of_type(&reference.elem, names),
        Type::Paren(inner) => of_type(&inner.elem, names),
        Type::Group(inner) => of_type(&inner.elem, names),
        Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last()?;
            let sharing = [
                "Arc",
                "Rc",
                "Box",
                "LazyLock",
                "OnceLock",
                "OnceCell",
                "Lazy",
                "CachePadded",
            ];
            if sharing.contains(&last.ident.to_string().as_str()) {
                let PathArguments::AngleBracketed(args) = &last.arguments else {
                    return None;
                };
                let inner = args.args.iter().find_map(|arg| match arg {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                return of_type(inner?, names);
            }
            let mut paths = names.resolve(&path.path);
            (paths.len() == 1).then(|| Origin {
                root: paths.remove(0),
                steps: Vec::new(),
            })
        }
        _ => None,
    }
}
