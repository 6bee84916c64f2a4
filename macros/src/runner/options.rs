//! What may stand between the parentheses of a runner: Tokio's words, and ours.

use super::Kind;
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::value::duration::{DurationArg, LimitArg};
use crate::options::value::expr::{ExprArg, parse_expr};
use crate::options::value::naming::CratePath;
use crate::options::value::word::{Bool, Flag};
use crate::options::{self, Opt, Value, exclusive, options};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprLit, Lit, LitStr};

options! {
    pub(crate) struct MainOptions for "etiquette::main", as in "#[etiquette::main(finish = 20s)]" {
        flavor = "flavor": Flavor,
        worker_threads = "worker_threads": Workers,
        start_paused = "start_paused": Bool,
        /// How long a drain lets work finish.
        finish = "finish": DurationArg,
        /// How long it gives work to leave when asked.
        cancel = "cancel": DurationArg,
        krate = "crate": CratePath,
    }
    former {
        "drain" => "write `finish = 20s, cancel = 5s`",
        "grace" => "write `cancel = 5s`: how long work has to leave once it was asked to",
        "timeout" => "write `finish = 20s`: how long a shutdown lets work finish",
        "workers" => "write `worker_threads = 4`",
        "threads" => "write `worker_threads = 4`",
        "core_threads" => "write `worker_threads = 4`",
        "current_thread" => "write `flavor = \"current_thread\"`",
        "multi_thread" => "leave `flavor` out: that is the default",
        "paused" => "write `start_paused = true`",
    }
}

options! {
    pub(crate) struct TestOptions for "etiquette::test", as in "#[etiquette::test(timeout = 5s)]" {
        flavor = "flavor": Flavor,
        worker_threads = "worker_threads": Workers,
        start_paused = "start_paused": Bool,
        /// On a clock that only moves when all wait.
        paused = "paused": Flag,
        timeout = "timeout": LimitArg,
        krate = "crate": CratePath,
    }
    former {
        "limit" => "write `timeout = 5s`",
        "within" => "write `timeout = 5s`",
        "workers" => "write `worker_threads = 4`",
        "threads" => "write `worker_threads = 4`",
        "core_threads" => "write `worker_threads = 4`",
        "multi_thread" => "write `flavor = \"multi_thread\"`",
        "current_thread" => "leave `flavor` out: that is the default",
        "pause" => "write `paused`",
    }
}

/// `flavor = "current_thread"`
pub(crate) struct Flavor {
    multi_thread: bool,
}

impl Value for Flavor {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let name = syn::parse2::<LitStr>(value.clone()).map(|name| name.value());
        let multi_thread = match name.as_deref() {
            Ok("multi_thread") => true,
            Ok("current_thread") => false,
            _ => {
                return Err(
                    Diagnostic::on(&value, "a flavor is `\"multi_thread\"` or `\"current_thread\"`")
                        .help("write `flavor = \"current_thread\"`"),
                );
            }
        };
        Ok(Self { multi_thread })
    }
}

/// `worker_threads = N`: any integer expression, 0 at run time means 1.
pub(crate) struct Workers(ExprArg);

impl Value for Workers {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let is_count = match parse_expr(&value)? {
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) => matches!(int.base10_parse::<usize>(), Ok(1..)),
            Expr::Lit(_) | Expr::Unary(_) => false,
            _ => true,
        };
        if !is_count {
            return Err(
                Diagnostic::on(&value, format_args!("`{key}` is a whole number, at least 1"))
                    .help(format_args!("write `{key} = 4`")),
            );
        }
        ExprArg::parse(key, value).map(Self)
    }
}

/// What both runners are told, in the words of the runtime.
pub(super) struct Settings {
    pub(super) multi_thread: bool,
    pub(super) workers: Option<TokenStream>,
    pub(super) paused: Option<TokenStream>,
    pub(super) finish: Option<TokenStream>,
    pub(super) cancel: Option<TokenStream>,
    pub(super) timeout: Option<TokenStream>,
}

/// The options of either runner; `None` when some could not be read.
pub(super) fn read(kind: Kind, args: TokenStream, diagnostics: &Diagnostics) -> Option<Settings> {
    match kind {
        Kind::Main => main(&options::parse(args, diagnostics)?, diagnostics),
        Kind::Test => test(&options::parse(args, diagnostics)?, diagnostics),
    }
}

fn main(options: &MainOptions, diagnostics: &Diagnostics) -> Option<Settings> {
    let multi_thread = options.flavor.get().is_none_or(|flavor| flavor.multi_thread);
    one_thread_alone(multi_thread, &options.worker_threads, diagnostics);
    not_paused(multi_thread, options.start_paused.key(), diagnostics);
    Some(Settings {
        multi_thread,
        workers: tokens(options.worker_threads.get().map(|workers| &workers.0)),
        paused: options
            .start_paused
            .get()
            .map(|paused| paused.0.into_token_stream()),
        finish: tokens(options.finish.get()),
        cancel: tokens(options.cancel.get()),
        timeout: None,
    })
}

fn test(options: &TestOptions, diagnostics: &Diagnostics) -> Option<Settings> {
    let multi_thread = options.flavor.get().is_some_and(|flavor| flavor.multi_thread);
    exclusive(options.paused.key(), options.start_paused.key(), diagnostics);
    one_thread_alone(multi_thread, &options.worker_threads, diagnostics);
    not_paused(
        multi_thread,
        options.paused.key().or(options.start_paused.key()),
        diagnostics,
    );
    let started = options
        .start_paused
        .get()
        .map(|paused| paused.0.into_token_stream());
    Some(Settings {
        multi_thread,
        workers: tokens(options.worker_threads.get().map(|workers| &workers.0)),
        paused: options.paused.get().map(|_| quote!(true)).or(started),
        finish: None,
        cancel: None,
        timeout: tokens(options.timeout.get().map(|limit| &limit.0)),
    })
}

fn tokens(value: Option<&impl ToTokens>) -> Option<TokenStream> {
    value.map(ToTokens::to_token_stream)
}

fn one_thread_alone(multi_thread: bool, workers: &Opt<Workers>, diagnostics: &Diagnostics) {
    if let Some(key) = workers.key().filter(|_| !multi_thread) {
        diagnostics.push(
            Diagnostic::at(
                key.span(),
                format_args!("`{key}` needs a flavor with several threads"),
            )
            .help(format_args!(
                "add `flavor = \"multi_thread\"`, or leave out `{key}`"
            )),
        );
    }
}

fn not_paused(multi_thread: bool, paused: Option<&Ident>, diagnostics: &Diagnostics) {
    if let Some(key) = paused.filter(|_| multi_thread) {
        diagnostics.push(
            Diagnostic::at(key.span(), format_args!("`{key}` needs a runtime on one thread"))
                .help("write `flavor = \"current_thread\"`: Tokio pauses no other clock"),
        );
    }
}
