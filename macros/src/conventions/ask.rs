//! Puts questions about types where the engine wants them asked, between the user's own tokens:
//!
//! ```text
//! let guard = cache.lock();
//! #[deny(deprecated)] { use …::by::*; (&&…::Asked(&guard)).guard_across_await(); }
//!
//! match spawn_logged(work()) { dropped => { …; dropped } };
//! ```
//!
//! The places are found again by their lines and columns. Where a macro has written one place twice nothing is asked.

use super::exempt::regroup;
use super::fallible::is_known;
use super::finding::deny;
use crate::hygiene::names::internal;
use crate::hygiene::paths::CrateRoot;
use etiquette_rules::{Probe, ProbeKind};
use proc_macro2::{Delimiter, Group, Ident, LineColumn, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// `tokens` with the questions in them.
pub(super) fn ask(tokens: TokenStream, probes: &[Probe], root: &CrateRoot) -> TokenStream {
    let mut places = Place::of(probes);
    if places.is_empty() {
        return tokens;
    }
    count(tokens.clone(), &mut places);
    places.retain(|place| place.found == 1);
    insert(tokens.clone(), &places, root).unwrap_or(tokens)
}

/// All that is asked about the same tokens.
struct Place<'p> {
    start: LineColumn,
    end: LineColumn,
    probes: Vec<&'p Probe>,
    /// How often these tokens are there.
    found: usize,
}

impl<'p> Place<'p> {
    fn of(probes: &'p [Probe]) -> Vec<Self> {
        let mut places: Vec<Self> = Vec::new();
        for probe in probes {
            // What is asked of a variable stands behind the `;` of its `let`.
            let first = match probe.kind {
                ProbeKind::Guard { .. } => probe.end,
                ProbeKind::Discarded => probe.start,
                // That is asked beside the function.
                ProbeKind::Send => continue,
            };
            let (start, end) = (first.start(), probe.end.end());
            match places
                .iter_mut()
                .find(|place| (place.start, place.end) == (start, end))
            {
                Some(place) => place.probes.push(probe),
                None => places.push(Self {
                    start,
                    end,
                    probes: vec![probe],
                    found: 0,
                }),
            }
        }
        places
    }

    /// From which to which of these tokens it reaches, from the one at `from` on.
    fn find(&self, spots: &[Spot], from: usize) -> Option<(usize, usize)> {
        let first = from + spots[from..].iter().position(|spot| spot.start == self.start)?;
        let last = first + spots[first..].iter().position(|spot| spot.end == self.end)?;
        Some((first, last))
    }

    /// What is asked here is asked of a variable that these braces begin with.
    fn opens(&self, braces: &Group) -> bool {
        let open = braces.span_open();
        braces.delimiter() == Delimiter::Brace && (open.start(), open.end()) == (self.start, self.end)
    }

    /// The question about a variable, where that is what is asked here.
    fn guard(&self) -> Option<Guard<'p>> {
        self.probes.iter().find_map(|probe| match &probe.kind {
            ProbeKind::Guard {
                binding,
                awaited,
                is_async,
            } => Some(Guard {
                probe,
                binding,
                awaited: *awaited,
                is_async: *is_async,
            }),
            ProbeKind::Discarded | ProbeKind::Send => None,
        })
    }
}

/// A variable that may be a guard.
struct Guard<'p> {
    probe: &'p Probe,
    binding: &'p Ident,
    awaited: Span,
    /// What an async lock gives holds up no thread.
    is_async: bool,
}

impl Guard<'_> {
    fn question(&self, root: &CrateRoot) -> TokenStream {
        question(self.probe, &self.binding.to_token_stream(), self.awaited, root)
    }
}

/// Where a token begins and ends.
struct Spot {
    start: LineColumn,
    end: LineColumn,
}

/// The compiler is asked once for each token: it takes its time.
fn spots(tokens: &[TokenTree]) -> Vec<Spot> {
    let spot = |token: &TokenTree| Spot {
        start: first_span(token).start(),
        end: last_span(token).end(),
    };
    tokens.iter().map(spot).collect()
}

fn count(tokens: TokenStream, places: &mut [Place<'_>]) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let spots = spots(&tokens);
    for place in places.iter_mut() {
        let mut from = 0;
        while let Some((first, _)) = place.find(&spots, from) {
            place.found += 1;
            from = first + 1;
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            for place in places.iter_mut().filter(|place| place.opens(&group)) {
                place.found += 1;
            }
            count(group.stream(), places);
        }
    }
}

fn first_span(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_open(),
        other => other.span(),
    }
}

fn last_span(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_close(),
        other => other.span(),
    }
}

/// `None` when nothing is asked in here: groups that stay as they are keep their spans.
fn insert(tokens: TokenStream, places: &[Place<'_>], root: &CrateRoot) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let spots = spots(&tokens);
    let mut changed = false;
    let mut asked = Vec::with_capacity(tokens.len());
    for token in &tokens {
        let TokenTree::Group(group) = token else {
            asked.push(token.to_token_stream());
            continue;
        };
        let inner = insert(group.stream(), places, root);
        let first = places
            .iter()
            .filter(|place| place.opens(group))
            .filter_map(Place::guard);
        let first: TokenStream = first.map(|guard| guard.question(root)).collect();
        let inner = if first.is_empty() {
            inner
        } else {
            let inner = inner.unwrap_or_else(|| group.stream());
            Some(quote!(#first #inner))
        };
        changed |= inner.is_some();
        asked.push(inner.map_or_else(
            || token.to_token_stream(),
            |inner| regroup(group, inner).to_token_stream(),
        ));
    }
    for place in places {
        let Some((first, last)) = place.find(&spots, 0) else {
            continue;
        };
        if let Some(guard) = place.guard() {
            if !guard.is_async && is_let(&tokens[..=last]) {
                asked[last].extend(guard.question(root));
                changed = true;
            }
            continue;
        }
        // Attributes are for statements; what is matched is none.
        let first = first + leading_attrs(&tokens[first..=last]);
        let at = first_span(&tokens[first]);
        let call: TokenStream = tokens[first..=last].iter().cloned().collect();
        let dropped = internal("dropped").to_token_stream();
        let questions: TokenStream = place
            .probes
            .iter()
            .filter(|probe| probe.rule.name != "lost_task_error" || is_known(&call))
            .map(|probe| question(probe, &dropped, at, root))
            .collect();
        let call: TokenStream = asked[first..=last].iter().cloned().collect();
        asked[first] = quote!(match #call { #dropped => { #questions #dropped } });
        asked[first + 1..=last].fill(TokenStream::new());
        changed = true;
    }
    changed.then(|| asked.into_iter().collect())
}

/// `let guard = …;`, of a kind whose type is known by its end. What `.read()?` gives may be whatever a later line
/// makes of it, and to ask would be to decide; no lock of those asked about is taken with a `?`.
fn is_let(tokens: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, wanted: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted);
    let [.., before, last] = tokens else { return false };
    is(last, ';') && !is(before, '?')
}

/// How many tokens the `#[…]` at the front are.
fn leading_attrs(tokens: &[TokenTree]) -> usize {
    let is_hash = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#');
    let attrs = tokens
        .chunks(2)
        .take_while(|pair| pair.len() == 2 && is_hash(&pair[0]))
        .count()
        * 2;
    attrs.min(tokens.len().saturating_sub(1))
}

/// Calls the method that is named after the rule on `value`.
pub(super) fn question(probe: &Probe, value: &TokenStream, at: Span, root: &CrateRoot) -> TokenStream {
    let rule = Ident::new(probe.rule.name, at);
    let level = deny(probe.level);
    quote! {
        #level
        {
            use #root::__conventions::by::*;
            (&&#root::__conventions::Asked(&#value)).#rule();
        }
    }
}
