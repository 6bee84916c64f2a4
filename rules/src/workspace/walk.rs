//! The walk over a tree, on all processors.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::WalkBuilder;
use memchr::memmem;
use rayon::prelude::*;

use super::manifest::Crates;
use super::raced::raced_names;
use super::root::workspace_root;
use super::test_modules::declared;
use super::tools::{self, Part};
use super::{Report, problem};
use crate::engine::Checked;
use crate::policy::Unused;
use crate::rules::policy_entry_unused;
use crate::source::{WORKER_STACK, has_room, may_break_rules};
use crate::{Engine, Finding, Level, Policy, PolicyErrors, Skipped};

/// Larger files are data, not code.
const MOST_BYTES: u64 = 16 << 20;

/// A tree that is to be checked.
#[derive(Debug)]
pub struct Walk {
    root: PathBuf,
    policy: Policy,
    only: Option<HashSet<PathBuf>>,
}

/// A file that was read.
struct Source {
    path: PathBuf,
    /// Left out where no rule can have anything to say.
    text: Option<String>,
    lines: usize,
    /// Modules of it that are test code, as paths without `.rs`.
    tests: Vec<PathBuf>,
    raced: Vec<String>,
    part: Option<Part>,
}

impl Walk {
    /// The whole Cargo workspace around a folder, under the policy that is found from there upwards.
    ///
    /// # Errors
    /// No workspace is there, or the policy has mistakes.
    pub fn workspace(dir: &Path) -> Result<Self, PolicyErrors> {
        let Some(root) = workspace_root(dir) else {
            let help = Some("run it inside a Cargo workspace, or name the folder to check");
            let problem = problem(dir.to_owned(), "no Cargo.toml here or in a folder above", help);
            return Err(PolicyErrors(vec![problem]));
        };
        let policy = Policy::discover(&root)?;
        Ok(Self::new(root, policy))
    }

    /// A folder, Cargo's or not, under a policy.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, policy: Policy) -> Self {
        Self {
            root: root.into(),
            policy,
            only: None,
        }
    }

    /// Only these files of the tree; the rest is still read for what it says about them.
    #[must_use]
    pub fn only(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        self.only = Some(files.into_iter().collect());
        self
    }

    /// The folder that paths start from.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Checks the tree.
    #[must_use]
    pub fn run(&self) -> Report {
        self.run_with(&|_, _| {})
    }

    /// Checks the tree and tells how far it is: files done, and files that are to be checked.
    #[must_use]
    pub fn run_with(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Report {
        let mut report = Report {
            root: self.root.clone(),
            ..Report::default()
        };
        if !self.root.is_dir() {
            report
                .problems
                .push(problem(self.root.clone(), "is no folder", None));
            return report;
        }
        let (paths, crates) = self.files(&mut report);
        let pool = rayon::ThreadPoolBuilder::new()
            .stack_size(WORKER_STACK)
            .start_handler(|_| has_room())
            .build();
        match pool {
            Ok(pool) => pool.install(|| self.check(&paths, &crates, &mut report, progress)),
            Err(cause) => {
                let message = format!("worker threads could not be started: {cause}");
                report.problems.push(problem(self.root.clone(), message, None));
            }
        }
        report
            .findings
            .sort_by(|a, b| (&a.path, a.start.byte, a.rule.id).cmp(&(&b.path, b.start.byte, b.rule.id)));
        report.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        report
    }

    /// The Rust files of the tree and what its manifests say. What git ignores is not part of it; links are not
    /// followed, so they cannot lead in a circle.
    fn files(&self, report: &mut Report) -> (Vec<PathBuf>, Crates) {
        let mut paths = Vec::new();
        let mut crates = Crates::default();
        let built = |entry: &ignore::DirEntry| {
            let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(is_dir && entry.depth() > 0 && entry.path().join("CACHEDIR.TAG").is_file())
        };
        for entry in WalkBuilder::new(&self.root)
            .require_git(false)
            .filter_entry(built)
            .build()
        {
            let entry = match entry {
                Ok(entry) => entry,
                Err(cause) => {
                    report
                        .skipped
                        .push(Skipped::new(&self.root, format!("cannot be walked: {cause}")));
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let path = entry.path();
            match path.file_name().and_then(|name| name.to_str()) {
                Some("Cargo.toml") => crates.manifest(&std::fs::read_to_string(path).unwrap_or_default()),
                Some("Cargo.lock") => crates.lock(&std::fs::read_to_string(path).unwrap_or_default()),
                Some(name) if name.ends_with(".rs") => paths.push(path.to_owned()),
                _ => {}
            }
        }
        paths.sort();
        (paths, crates)
    }

    fn check(
        &self,
        paths: &[PathBuf],
        crates: &Crates,
        report: &mut Report,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) {
        let words = self.policy.words_to_find();
        let finders: Vec<_> = words
            .iter()
            .map(|word| memmem::Finder::new(word.as_bytes()))
            .collect();
        let seen: Vec<std::sync::atomic::AtomicBool> = words.iter().map(|_| Default::default()).collect();
        let skipped = Mutex::new(Vec::new());
        let read = |path: &PathBuf| match read(path) {
            Ok(text) => {
                for (finder, seen) in finders.iter().zip(&seen) {
                    if !seen.load(std::sync::atomic::Ordering::Relaxed)
                        && finder.find(text.as_bytes()).is_some()
                    {
                        seen.store(true, std::sync::atomic::Ordering::Relaxed);
                    }
                }
                let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
                let tests = declared(path, &text);
                let raced = raced_names(&text);
                let part = tools::part(path, &text);
                let text = may_break_rules(&text).then_some(text);
                Some(Source {
                    path: path.clone(),
                    text,
                    lines,
                    tests,
                    raced,
                    part,
                })
            }
            Err(reason) => {
                if let Ok(mut skipped) = skipped.lock() {
                    skipped.push(Skipped::new(path, reason));
                }
                None
            }
        };
        let sources: Vec<Source> = paths.par_iter().filter_map(read).collect();
        report
            .skipped
            .append(&mut skipped.into_inner().unwrap_or_default());
        report.files = sources.len();
        report.lines = sources.iter().map(|source| source.lines).sum();

        let tests: HashSet<&Path> = sources
            .iter()
            .flat_map(|source| &source.tests)
            .map(PathBuf::as_path)
            .collect();
        let raced = sources
            .iter()
            .flat_map(|source| source.raced.iter().cloned())
            .collect();
        let engine = Engine::new(self.policy.clone())
            .with_renamed_crates(crates.renamed())
            .with_raced_functions(raced)
            .with_tools(tools::tools(
                sources.iter().filter_map(|source| source.part.as_ref()),
            ));
        let done = std::sync::atomic::AtomicUsize::new(0);
        let wanted = |source: &&Source| self.only.as_ref().is_none_or(|only| only.contains(&source.path));
        let total = sources.iter().filter(wanted).count();
        let checked: Vec<Checked> = sources
            .par_iter()
            .filter(wanted)
            .map(|source| {
                let checked = check_one(&engine, source, &tests);
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
                checked
            })
            .collect();
        for one in checked {
            report.findings.extend(one.findings);
            report.skipped.extend(one.skipped);
            report.exempted += one.exempted;
        }
        let files: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let found = |word: &str| {
            let at = words.iter().position(|known| known == word);
            at.is_none_or(|at| seen[at].load(std::sync::atomic::Ordering::Relaxed))
        };
        let unused = self
            .policy
            .unused_in(&files, found, |krate| crates.can_name(krate));
        report
            .findings
            .extend(unused.into_iter().filter_map(|unused| self.unused(unused)));
    }

    /// A policy entry that can match nothing, as a finding in the policy file.
    fn unused(&self, unused: Unused) -> Option<Finding> {
        let rule = &policy_entry_unused::RULE;
        let level = self.policy.level(rule, &unused.place.path, false);
        (level > Level::Off).then(|| Finding {
            rule,
            level,
            path: unused.place.path,
            start: unused.place.start,
            end: unused.place.end,
            message: unused.message,
            help: rule.help.to_owned(),
            notes: Vec::new(),
            item: String::new(),
            edit: None,
            annotated: false,
        })
    }
}

fn check_one(engine: &Engine, source: &Source, tests: &HashSet<&Path>) -> Checked {
    let Some(text) = &source.text else {
        return Checked::default();
    };
    let module = source.path.with_extension("");
    let module = if module.ends_with("mod") {
        module.parent().unwrap_or(&module)
    } else {
        &module
    };
    let in_tests = !tests.is_empty() && module.ancestors().any(|folder| tests.contains(folder));
    let checked = engine.check(&source.path, text, in_tests || engine.is_test_path(&source.path));
    // The parser remembers every text of this thread until it is told not to.
    proc_macro2::extra::invalidate_current_thread_spans();
    checked
}

fn read(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path)
        .map_err(|cause| format!("cannot be read: {cause}"))?
        .len();
    if size > MOST_BYTES {
        return Err(format!("is larger than {} MiB", MOST_BYTES >> 20));
    }
    let bytes = std::fs::read(path).map_err(|cause| format!("cannot be read: {cause}"))?;
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}
