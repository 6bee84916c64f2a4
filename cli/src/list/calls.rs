//! Who calls whom, by name inside one package: retries that run inside retries.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr};

use super::model::{Call, CallKind, Function, Nested, Runs};

/// The calls in a body, the ones inside macros too.
pub(super) fn of(block: &Block, owner: Option<&str>) -> Vec<Call> {
    let mut calls = Calls {
        owner,
        found: Vec::new(),
    };
    calls.visit_block(block);
    calls.found
}

struct Calls<'o> {
    owner: Option<&'o str>,
    found: Vec<Call>,
}

impl Calls<'_> {
    fn add(&mut self, owner: Option<String>, name: String, kind: CallKind) {
        let owner = match owner.as_deref() {
            Some("Self") => self.owner.map(str::to_owned),
            _ => owner,
        };
        let call = Call { owner, name, kind };
        if !self.found.contains(&call) {
            self.found.push(call);
        }
    }

    /// `name(…)` and `.name(…)` in tokens that no parser knows.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let text = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            self.tokens(group.stream());
            let before = |n: usize| text(at.checked_sub(n));
            let Some(TokenTree::Ident(name)) = at.checked_sub(1).and_then(|at| tokens.get(at)) else {
                continue;
            };
            if group.delimiter() != Delimiter::Parenthesis {
                continue;
            }
            let name = name.to_string();
            match (before(2).as_str(), before(3).as_str()) {
                (".", "self") => self.add(None, name, CallKind::OnSelf),
                (".", _) => self.add(None, name, CallKind::Method),
                (":", ":") => self.add(Some(before(4)), name, CallKind::Path),
                _ => self.add(None, name, CallKind::Path),
            }
        }
    }
}

impl Visit<'_> for Calls<'_> {
    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let mut segments = path
                .path
                .segments
                .iter()
                .rev()
                .map(|segment| segment.ident.to_string());
            if let Some(name) = segments.next() {
                self.add(segments.next(), name, CallKind::Path);
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        let on_self = matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("self"));
        let kind = if on_self {
            CallKind::OnSelf
        } else {
            CallKind::Method
        };
        self.add(None, call.method.to_string(), kind);
        visit::visit_expr_method_call(self, call);
    }

    /// A function inside the function is called or not like any other.
    fn visit_item(&mut self, _: &syn::Item) {}

    fn visit_macro(&mut self, inner: &syn::Macro) {
        self.tokens(inner.tokens.clone());
    }
}

/// Longer chains are not followed.
const MOST_STEPS: usize = 8;

/// Fills in `nested`: from each function that retries to every other that it reaches through annotated ones.
pub(super) fn nest(functions: &mut [Function]) {
    let mut by_name: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, function) in functions.iter().enumerate() {
        by_name
            .entry((&function.package, &function.ident))
            .or_default()
            .push(at);
    }
    let targets: Vec<Vec<usize>> = functions
        .iter()
        .map(|function| {
            let mut targets: Vec<usize> = function
                .calls
                .iter()
                .filter_map(|call| target(functions, &by_name, function, call))
                .collect();
            targets.sort_unstable();
            targets.dedup();
            targets
        })
        .collect();
    let mut nested: Vec<Vec<Nested>> = vec![Vec::new(); functions.len()];
    for (at, function) in functions.iter().enumerate() {
        if retries(function) {
            let mut path = vec![at];
            descend(
                functions,
                &targets,
                &mut path,
                function.bound.runs,
                &mut nested[at],
            );
        }
    }
    for (function, nested) in functions.iter_mut().zip(nested) {
        function.nested = nested;
    }
}

fn descend(
    functions: &[Function],
    targets: &[Vec<usize>],
    path: &mut Vec<usize>,
    runs: Runs,
    found: &mut Vec<Nested>,
) {
    let Some(&last) = path.last() else { return };
    for &next in &targets[last] {
        // A function that calls itself has no end that could be counted.
        if path.contains(&next) || path.len() > MOST_STEPS {
            continue;
        }
        path.push(next);
        let runs = runs.times(functions[next].bound.runs);
        if retries(&functions[next]) {
            let through = path
                .iter()
                .skip(1)
                .map(|at| functions[*at].name.clone())
                .collect();
            found.push(Nested { through, runs });
        }
        descend(functions, targets, path, runs, found);
        path.pop();
    }
}

fn retries(function: &Function) -> bool {
    function.bound.runs.several() && function.layers.iter().any(|layer| layer.name == "retry")
}

/// The one annotated function that a call can mean; a name that several carry means none.
fn target(
    functions: &[Function],
    by_name: &HashMap<(&str, &str), Vec<usize>>,
    caller: &Function,
    call: &Call,
) -> Option<usize> {
    let named = by_name.get(&(caller.package.as_str(), call.name.as_str()))?;
    let fits = |at: &&usize| {
        let owner = &functions[**at].owner;
        match call.kind {
            CallKind::OnSelf => *owner == caller.owner,
            CallKind::Method => owner.is_some(),
            // `module::name` and `Type::name` look alike.
            CallKind::Path => owner.is_none() || *owner == call.owner,
        }
    };
    let mut fitting = named.iter().filter(fits);
    let (one, another) = (fitting.next()?, fitting.next());
    (another.is_none() && !functions[*one].layers.is_empty()).then_some(*one)
}
