//! `#[etiquette::main(finish = 20s)]`:
//!
//! ```text
//! fn main() -> Ret {
//!     async fn main(tasks: Tasks) -> Ret { …the body… }
//!     let runner = multi_thread!(Runner::new());
//!     let runner = Runner::finish(runner, Duration::from_secs(20));
//!     run_main!(runner, |tasks| main(tasks))
//! }
//! ```

use super::Kind;
use super::model::Runner;
use super::options::Settings;
use crate::hygiene::names::internal;
use crate::hygiene::paths::CrateRoot;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn expand(model: &Runner, settings: &Settings, root: &CrateRoot) -> TokenStream {
    let Runner {
        kind,
        attrs,
        vis,
        sig,
        inner_attrs,
        body,
        takes_tasks,
    } = model;
    let (runner, tasks) = (internal("runner"), internal("tasks"));
    let settings = steps(settings, root, &runner);
    let test = (*kind == Kind::Test).then(|| quote!(#[::core::prelude::v1::test]));
    let run = root.shim(match kind {
        Kind::Main => "run_main",
        Kind::Test => "run_test",
    });
    let (name, output) = (&sig.ident, &sig.output);
    // A parameter of another type is the mistake to be shown.
    let argument = takes_tasks.as_ref().map(|at| {
        let mut argument = tasks.clone();
        argument.set_span(tasks.span().located_at(*at));
        argument
    });
    quote! {
        #test
        #(#attrs)*
        #vis fn #name() #output {
            #inner_attrs
            #sig #body
            #settings
            #run(#runner, |#tasks| #name(#argument))
        }
    }
}

/// The function as it was called for, without a body of its own: the mistakes have been told.
pub(super) fn stand_in(model: &Runner) -> TokenStream {
    let Runner {
        attrs,
        vis,
        sig,
        body,
        inner_attrs,
        ..
    } = model;
    if sig.ident != "main" {
        return quote!(#(#attrs)* #vis #sig #body);
    }
    // The body is still checked, and used; `main` itself may neither be async nor take anything.
    quote! {
        #(#attrs)*
        #vis fn main() {
            #inner_attrs
            #sig #body
            let _ = main;
        }
    }
}

fn steps(settings: &Settings, root: &CrateRoot, runner: &proc_macro2::Ident) -> TokenStream {
    let of_runner = |step: &str| {
        let (path, step) = (
            root.private("runner"),
            proc_macro2::Ident::new(step, proc_macro2::Span::mixed_site()),
        );
        quote!(#path::Runner::#step)
    };
    let new = of_runner("new");
    let mut steps = quote!(let #runner = #new(););
    if settings.multi_thread {
        let shim = root.shim("multi_thread");
        steps.extend(quote!(let #runner = #shim(#runner);));
    }
    if let Some(paused) = &settings.paused {
        let shim = root.shim("paused");
        steps.extend(quote!(let #runner = #shim(#runner, #paused);));
    }
    for (step, value) in [
        ("workers", &settings.workers),
        ("finish", &settings.finish),
        ("cancel", &settings.cancel),
        ("timeout", &settings.timeout),
    ] {
        if let Some(value) = value {
            let step = of_runner(step);
            steps.extend(quote!(let #runner = #step(#runner, #value);));
        }
    }
    steps
}
