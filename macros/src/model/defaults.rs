//! What `#[defaults]` adds to the stack of one function: the layers it has none of, each at its place in the recommended
//! order, and the error of stops that name none. What the function says for itself stays as it is, where it is.

use crate::diag::Diagnostics;
use crate::layers::{Layer, NAMES};
use crate::options::defaults::{DefaultsOptions, LayerDefault};
use crate::options::parse;
use crate::options::value::expr::lone_ident;
use crate::syntax::stack::Entry;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// How the attribute is called that hands the defaults to a function.
pub(crate) const DEFAULTS: &str = "defaults";

/// The whole stack of the function whose name stands at `function`, and the names of the layers in it that the function did not ask for.
pub(crate) fn apply(entries: Vec<Entry>, function: Span, returns_unit: bool) -> (Vec<Entry>, Vec<String>) {
    let (defaults, written): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.name == DEFAULTS);
    let (left_out, mut stack): (Vec<Entry>, Vec<Entry>) =
        written.into_iter().partition(|entry| is_none(&entry.args));
    let mut added = Vec::new();
    // Where blocks with defaults are nested, the inner one was handed over last.
    for defaults in defaults.into_iter().rev() {
        let quiet = Diagnostics::new();
        let options = parse::<DefaultsOptions>(defaults.args.clone(), &quiet);
        let _reported_where_it_is_written = quiet.into_one();
        let Some(options) = options else { continue };
        for layer in &options.layers {
            if !left_out.iter().any(|entry| entry.name == layer.name) && !has(&stack, &layer.name) {
                added.push(layer.name.to_string());
                insert(&mut stack, layer, function);
            }
        }
        if let Some(error) = options.error.get().filter(|_| !returns_unit) {
            for entry in &mut stack {
                name_error(entry, &error.to_token_stream());
            }
        }
    }
    if !added.is_empty() {
        name_totals(&mut stack, &added);
    }
    (stack, added)
}

/// `#[with_timeout(none)]`
fn is_none(args: &TokenStream) -> bool {
    lone_ident(args).is_some_and(|word| word == "none")
}

/// Whether the stack has this layer already. A timeout for each attempt is not the one for the call.
fn has(stack: &[Entry], name: &Ident) -> bool {
    stack
        .iter()
        .any(|entry| entry.name == *name && !(entry.name == "with_timeout" && says(&entry.args, "attempt")))
}

fn insert(stack: &mut Vec<Entry>, layer: &LayerDefault, function: Span) {
    let rank = |name: &Ident| NAMES.iter().position(|known| name == known);
    let place = stack
        .iter()
        .position(|entry| rank(&entry.name) > rank(&layer.name))
        .unwrap_or(stack.len());
    // What is wrong with it here is about this function: the list itself was checked where it stands.
    let name = Ident::new(&layer.name.to_string(), function);
    stack.insert(
        place,
        Entry {
            name,
            args: layer.args.clone(),
            instrumented: false,
        },
    );
}

/// The word that a timeout around a retry needs, and nobody can write for both kinds of function.
fn name_totals(stack: &mut [Entry], added: &[String]) {
    if !stack.iter().any(|entry| entry.name == "retry") {
        return;
    }
    let timeout = stack.iter_mut().find(|entry| entry.name == "with_timeout");
    if let Some(Entry { args, .. }) = timeout.filter(|_| added.iter().any(|name| name == "with_timeout"))
        && !says(args, "total")
    {
        *args = quote!(#args, total);
    }
}

/// Gives a layer that can stop a call its error, unless it says what to return then.
fn name_error(entry: &mut Entry, error: &TokenStream) {
    let quiet = Diagnostics::new();
    let facts = Layer::parse(&entry.name.to_string(), entry.args.clone(), &quiet)
        .map(|layer| layer.options().facts());
    let is_right = quiet.into_one().is_none();
    if let Some(facts) = facts.filter(|_| is_right)
        && facts.stop.is_some()
        && !facts.has_own_return
    {
        let args = &entry.args;
        let comma = (!args.is_empty()).then(|| quote!(,));
        entry.args = quote!(#args #comma error = #error);
    }
}

/// Whether `word` stands in a list by itself.
fn says(args: &TokenStream, word: &str) -> bool {
    let tokens: Vec<TokenTree> = args.clone().into_iter().collect();
    let is_comma = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(punct)) => punct.as_char() == ',',
        Some(_) => false,
        None => true,
    };
    tokens.iter().enumerate().any(|(at, token)| {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        matches!(token, TokenTree::Ident(ident) if ident == word)
            && is_comma(before)
            && is_comma(tokens.get(at + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(defaults: TokenStream, written: &[(&str, TokenStream)]) -> Vec<String> {
        let entry = |name: &str, args: TokenStream| Entry {
            name: Ident::new(name, Span::call_site()),
            args,
            instrumented: false,
        };
        let mut entries: Vec<Entry> = written
            .iter()
            .map(|(name, args)| entry(name, args.clone()))
            .collect();
        entries.push(entry(DEFAULTS, defaults));
        let (stack, _) = apply(entries, Span::call_site(), false);
        let show = |entry: &Entry| format!("{}({})", entry.name, entry.args.to_string().replace(' ', ""));
        stack.iter().map(show).collect()
    }

    #[test]
    fn layers_are_added_at_their_place() {
        let defaults = quote!(with_timeout(5s), instrument_task);
        assert_eq!(
            stack(defaults.clone(), &[]),
            ["instrument_task()", "with_timeout(5s)"]
        );
        assert_eq!(
            stack(
                defaults.clone(),
                &[("cancellable", quote!()), ("retry", quote!(attempts = 5))]
            ),
            [
                "instrument_task()",
                "cancellable()",
                "with_timeout(5s,total)",
                "retry(attempts=5)"
            ]
        );
    }

    #[test]
    fn what_is_written_wins() {
        let defaults = quote!(with_timeout(5s), retry);
        assert_eq!(
            stack(
                defaults.clone(),
                &[("with_timeout", quote!(1s, total)), ("retry", quote!(none))]
            ),
            ["with_timeout(1s,total)"]
        );
        assert_eq!(
            stack(
                defaults,
                &[("retry", quote!()), ("with_timeout", quote!(1s, attempt))]
            ),
            ["with_timeout(5s,total)", "retry()", "with_timeout(1s,attempt)"]
        );
    }

    #[test]
    fn an_error_is_given_to_stops_that_name_none() {
        assert_eq!(
            stack(
                quote!(error = E::stopped),
                &[
                    ("cancellable", quote!()),
                    ("with_timeout", quote!(5s, or_return = 1)),
                    ("instrument_task", quote!(err)),
                    ("rate_limit", quote!(1, per = 1s)),
                ]
            ),
            [
                "cancellable(error=E::stopped)",
                "with_timeout(5s,or_return=1)",
                "instrument_task(err)",
                "rate_limit(1,per=1s,error=E::stopped)"
            ]
        );
    }
}
