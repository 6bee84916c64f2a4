//! Entries of a policy that can match nothing: known by themselves, or once a whole tree was seen.

use std::path::Path;

use super::{Place, Policy, scope};
use crate::Level;

/// An entry that can match nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Where it stands.
    pub place: Place,
    /// One line: what cannot match, and why.
    pub message: String,
}

impl Policy {
    /// Entries that cannot match whatever the code is: rules that were switched on but lack the data they need.
    #[must_use]
    pub fn unused_by_themselves(&self) -> Vec<Unused> {
        let data = &self.data;
        let needs = [
            ("raw_spawn", data.spawn.is_empty(), "tasks.spawn"),
            ("cancel_param", data.cancel_required.is_empty(), "cancel.required"),
            ("blocking_listed", data.blocking_list.is_empty(), "blocking.list"),
            ("limit_too_long", data.timeout_max.is_none(), "timeouts.max"),
        ];
        let scoped = self.scopes.iter().flat_map(|scope| &scope.rules);
        let mut unused = Vec::new();
        for setting in self
            .rules
            .iter()
            .chain(scoped)
            .filter(|setting| setting.level > Level::Off)
        {
            let idle = needs
                .iter()
                .find(|(rule, missing, _)| *rule == setting.rule.name && *missing);
            if let Some((rule, _, key)) = idle {
                let message = format!("`{rule}` is on, but finds nothing without `{key}`");
                unused.push(Unused {
                    place: setting.place.clone(),
                    message,
                });
            }
        }
        unused
    }

    /// Entries that match nothing in a tree: `files` are all its Rust files, `names` tells whether a word occurs in
    /// any of them, `crates` whether a crate of that name can be used there.
    #[must_use]
    pub fn unused_in(
        &self,
        files: &[&Path],
        names: impl Fn(&str) -> bool,
        crates: impl Fn(&str) -> bool,
    ) -> Vec<Unused> {
        let mut unused = self.unused_by_themselves();
        for glob in self
            .scopes
            .iter()
            .flat_map(|scope| scope.paths.iter().map(move |glob| (scope, glob)))
        {
            let (scope, glob) = glob;
            let covers =
                |path: &&&Path| fast_glob::glob_match(&glob.value, scope::relative(&scope.root, path));
            if files.iter().find(covers).is_none() {
                let message = format!("no Rust file matches `{}`", glob.value);
                unused.push(Unused {
                    place: glob.place.clone(),
                    message,
                });
            }
        }
        for (entry, key, place) in &self.data.places {
            let word = entry.trim_end_matches("::*").rsplit("::").next().unwrap_or(entry);
            if word != "*" && !names(word) {
                let message = format!("`{key}` names `{entry}`, but nothing here is called `{word}`");
                unused.push(Unused {
                    place: place.clone(),
                    message,
                });
            }
        }
        for listed in &self.data.blocking_list {
            let krate = listed.path.split("::").next().unwrap_or_default();
            if let Some(place) = listed.place.as_ref().filter(|_| !crates(krate)) {
                let message = format!(
                    "`{}` can never be called: crate `{krate}` is no dependency",
                    listed.path
                );
                unused.push(Unused {
                    place: place.clone(),
                    message,
                });
            }
        }
        unused
    }

    /// The words that [`Policy::unused_in`] will ask for.
    #[must_use]
    pub fn words_to_find(&self) -> Vec<String> {
        let words = self.data.places.iter().map(|(entry, _, _)| {
            entry
                .trim_end_matches("::*")
                .rsplit("::")
                .next()
                .unwrap_or(entry)
                .to_owned()
        });
        let mut words: Vec<String> = words.collect();
        words.sort();
        words.dedup();
        words
    }
}
