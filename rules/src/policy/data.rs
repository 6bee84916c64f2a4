//! Rule data: the lists and numbers that only the team knows.

use std::time::Duration;

use super::Place;
use crate::Level;

/// What the rules are told by the policy. Every list is empty and every limit unset by default.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Data {
    /// `blocking.wrappers`: calls that take a closure to a thread where it may block.
    pub blocking_wrappers: Vec<String>,
    /// `[[blocking.list]]`: calls that the team does not want in async code.
    pub blocking_list: Vec<Listed>,
    /// `blocking.cpu`: calls known to burn milliseconds of CPU.
    pub cpu_heavy: Vec<String>,
    /// `tasks.spawn`: the functions that may start tasks.
    pub spawn: Vec<String>,
    /// `cancel.sources`: names and types that count as a way to be told to stop.
    pub cancel_sources: Vec<String>,
    /// `cancel.unsafe`: methods that lose data when their future is dropped.
    pub cancel_unsafe: Vec<String>,
    /// `cancel.required`: functions that have to take or hold a cancel source.
    pub cancel_required: Vec<String>,
    /// `timeouts.outbound`: functions that call out and have to carry a limit.
    pub outbound: Vec<String>,
    /// `timeouts.default`, for help texts.
    pub timeout_default: Option<String>,
    /// `timeouts.db`, for help texts.
    pub timeout_db: Option<String>,
    /// `timeouts.http`, for help texts.
    pub timeout_http: Option<String>,
    /// `timeouts.max`: the largest limit that may be written.
    pub timeout_max: Option<Duration>,
    /// `channels.capacity`, for help texts and edits.
    pub capacity: Option<u64>,
    /// `runtime`: the only runtime that may be used.
    pub runtime: Option<String>,
    /// Where the list entries were written, for those that match nothing.
    pub(crate) places: Vec<(String, &'static str, Place)>,
}

/// One entry of `[[blocking.list]]`.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The full path of the call, as in `acme::crypto::derive`.
    pub path: String,
    /// What to write instead.
    pub instead: Option<String>,
    /// The level of this entry.
    pub level: Level,
    /// Why the team does not want it.
    pub why: Option<String>,
    pub(crate) place: Option<Place>,
}

impl Listed {
    /// An entry at `deny` with no texts of its own.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            instead: None,
            level: Level::Deny,
            why: None,
            place: None,
        }
    }
}

impl Data {
    /// Adds what a parent file says; what is already said stays.
    pub(crate) fn inherit(&mut self, parent: &Data) {
        self.blocking_list.extend(parent.blocking_list.iter().cloned());
        let lists: [(&mut Vec<String>, &Vec<String>); 7] = [
            (&mut self.blocking_wrappers, &parent.blocking_wrappers),
            (&mut self.cpu_heavy, &parent.cpu_heavy),
            (&mut self.spawn, &parent.spawn),
            (&mut self.cancel_sources, &parent.cancel_sources),
            (&mut self.cancel_unsafe, &parent.cancel_unsafe),
            (&mut self.cancel_required, &parent.cancel_required),
            (&mut self.outbound, &parent.outbound),
        ];
        for (own, theirs) in lists {
            own.extend(theirs.iter().cloned());
        }
        for (own, theirs) in [
            (&mut self.timeout_default, &parent.timeout_default),
            (&mut self.timeout_db, &parent.timeout_db),
            (&mut self.timeout_http, &parent.timeout_http),
            (&mut self.runtime, &parent.runtime),
        ] {
            if own.is_none() {
                own.clone_from(theirs);
            }
        }
        self.timeout_max = self.timeout_max.or(parent.timeout_max);
        self.capacity = self.capacity.or(parent.capacity);
        self.places.extend(parent.places.iter().cloned());
    }
}

/// Whether a path of the code is what an entry speaks of: the whole path, or its end at a `::`. A `*` at the end of
/// the entry stands for any name.
pub(crate) fn path_matches(entry: &str, path: &str) -> bool {
    let entry = entry.strip_prefix("crate::").unwrap_or(entry);
    if let Some(module) = entry.strip_suffix("::*") {
        return path
            .rsplit_once("::")
            .is_some_and(|(parent, _)| ends_with_path(parent, module));
    }
    ends_with_path(path, entry)
}

fn ends_with_path(path: &str, end: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
}

#[cfg(test)]
mod tests {
    use super::path_matches;

    #[test]
    fn an_entry_matches_whole_segments_from_the_end() {
        assert!(path_matches("crate::pool::run", "crate::pool::run"));
        assert!(path_matches("pool::run", "crate::pool::run"));
        assert!(path_matches("run", "crate::pool::run"));
        assert!(path_matches("crate::pool::*", "crate::pool::run"));
        assert!(!path_matches("ol::run", "crate::pool::run"));
        assert!(!path_matches("pool::run", "run"));
        assert!(!path_matches("pool::*", "run"));
    }
}
