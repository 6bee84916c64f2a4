//! The insides of macros that everybody knows: `select!`, `join!`, `vec!`, `format!` and their like. A macro whose
//! tokens do not read as expected stays closed.

use std::collections::HashMap;

use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, Macro, Token, Type};

use super::Race;

/// The inside of one macro call.
pub(crate) enum Expansion {
    Race(Race),
    /// Futures run side by side: `join!`.
    Join(Vec<Expr>),
    /// Plain arguments: `vec!`, `format!`, `assert!`.
    Args(Vec<Expr>),
    /// Statements of an async block: `stream!`.
    Async(Block),
}

impl Expansion {
    /// Every expression inside.
    pub(crate) fn each<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        match self {
            Expansion::Join(exprs) | Expansion::Args(exprs) => exprs.iter().for_each(f),
            Expansion::Async(_) => {}
            Expansion::Race(race) => {
                for arm in &race.arms {
                    f(&arm.future);
                    arm.guard.iter().for_each(&mut *f);
                    f(&arm.handler);
                }
                race.otherwise.iter().for_each(f);
            }
        }
    }
}

/// The insides of all macro calls of a file, found by the call itself.
pub(crate) struct Expansions {
    // By address of the macro call: the tree outlives this table and is not moved meanwhile.
    inside: HashMap<usize, Box<Expansion>>,
}

impl Expansions {
    pub(crate) fn of(tree: &syn::File) -> Self {
        let mut expansions = Self {
            inside: HashMap::new(),
        };
        expansions.visit_file(tree);
        expansions
    }

    pub(crate) fn get(&self, mac: &Macro) -> Option<&Expansion> {
        self.inside.get(&address(mac)).map(Box::as_ref)
    }
}

fn address(mac: &Macro) -> usize {
    std::ptr::from_ref(mac) as usize
}

impl<'ast> Visit<'ast> for Expansions {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(expansion) = expand(mac).map(Box::new) else {
            return;
        };
        match &*expansion {
            Expansion::Async(block) => self.visit_block(block),
            other => other.each(&mut |expr| self.visit_expr(expr)),
        }
        self.inside.insert(address(mac), expansion);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_expr(&mut self, expr: &'ast Expr) {
        visit::visit_expr(self, expr);
    }
}

fn expand(mac: &Macro) -> Option<Expansion> {
    let name = mac.path.segments.last()?.ident.to_string();
    let tokens = || mac.tokens.clone();
    match name.as_str() {
        "select" => syn::parse2(tokens()).ok().map(Expansion::Race),
        "select_biased" => {
            let race: Race = syn::parse2(tokens()).ok()?;
            Some(Expansion::Race(Race { biased: true, ..race }))
        }
        "join" | "try_join" => Joined::parse
            .parse2(tokens())
            .ok()
            .map(|joined| Expansion::Join(joined.0)),
        "stream" | "try_stream" => {
            let block = Block::parse_within.parse2(tokens()).ok()?;
            Some(Expansion::Async(Block {
                brace_token: Default::default(),
                stmts: block,
            }))
        }
        "vec" | "format" | "print" | "println" | "eprint" | "eprintln" | "write" | "writeln" | "panic"
        | "assert" | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq" | "debug_assert_ne"
        | "dbg" | "matches" | "format_args" | "bail" | "ensure" | "anyhow" | "todo" | "unreachable"
        | "trace" | "debug" | "info" | "warn" | "error" | "retrying" | "pin" | "ready" => Args::parse
            .parse2(tokens())
            .ok()
            .map(|args| Expansion::Args(args.0)),
        _ => None,
    }
}

struct Joined(Vec<Expr>);

impl Parse for Joined {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::Ident) && input.peek2(Token![;]) {
            input.parse::<syn::Ident>()?;
            input.parse::<Token![;]>()?;
        }
        Ok(Self(
            Punctuated::<Expr, Token![,]>::parse_terminated(input)?
                .into_iter()
                .collect(),
        ))
    }
}

struct Args(Vec<Expr>);

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self(
            Punctuated::<Expr, Token![,]>::parse_terminated(input)?
                .into_iter()
                .collect(),
        ))
    }
}
