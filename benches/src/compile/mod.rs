//! Compile time: crates of 1 000 functions, and cold builds of a small crate.

mod cold;
mod run;
mod source;

use std::{fs, path::Path};

use tempfile::TempDir;

use self::run::{Workspace, copy_ours};
pub use self::{
    cold::{BASE, Cold, OURS},
    run::{Cost, Step},
    source::Kind,
};
use crate::report::bar;

/// How often each crate is compiled.
pub const ROUNDS: usize = 5;
/// How often each cold build is made.
const COLD_ROUNDS: usize = 3;
/// Functions per crate.
pub const FUNCTIONS: usize = 1_000;

/// What all of it cost.
#[derive(Clone, Debug)]
pub struct Compile {
    /// `cargo check` of each kind of crate.
    pub check: Vec<(Kind, Vec<Cost>)>,
    /// `cargo build` of each kind of crate.
    pub build: Vec<(Kind, Vec<Cost>)>,
    /// Cold builds.
    pub cold: Vec<Cold>,
}

impl Compile {
    /// What `kind` takes over the plain crate, in units of what `unit` takes over `base`: the
    /// middle of all rounds.
    #[must_use]
    pub fn ratio(&self, step: Step, (kind, base): (Kind, Kind), (unit, unit_base): (Kind, Kind)) -> f64 {
        let added = |kind: Kind, base: Kind| -> Vec<f64> {
            let (Some(of), Some(over)) = (self.of(step, kind), self.of(step, base)) else {
                return Vec::new();
            };
            of.iter().zip(over).map(|(a, b)| a.cpu - b.cpu).collect()
        };
        let ours = added(kind, base);
        let theirs = added(unit, unit_base);
        median(ours.iter().zip(&theirs).map(|(a, b)| a / b).collect())
    }

    /// The rounds of one kind.
    #[must_use]
    pub fn of(&self, step: Step, kind: Kind) -> Option<&[Cost]> {
        let all = match step {
            Step::Check => &self.check,
            Step::Build => &self.build,
        };
        let found = all.iter().find(|(known, _)| *known == kind);
        found.map(|(_, costs)| costs.as_slice())
    }

    /// The middle round of one kind, in seconds of processor time.
    #[must_use]
    pub fn seconds(&self, step: Step, kind: Kind) -> f64 {
        median(
            self.of(step, kind)
                .unwrap_or(&[])
                .iter()
                .map(|cost| cost.cpu)
                .collect(),
        )
    }
}

/// The middle one.
#[must_use]
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Writes, compiles, and forgets the crates.
///
/// # Errors
///
/// When one does not compile.
pub fn measure(rounds: usize) -> Result<Compile, String> {
    let folder = TempDir::new().map_err(|error| error.to_string())?;
    copy_ours(folder.path())?;
    let workspace = Workspace::new(folder.path(), FUNCTIONS)?;
    let check = rounds_of(&workspace, Step::Check, &Kind::ALL, rounds)?;
    let build = rounds_of(&workspace, Step::Build, &Kind::BUILT, rounds.min(3))?;
    let cold = cold::measure(folder.path(), COLD_ROUNDS.min(rounds))?;
    Ok(Compile { check, build, cold })
}

fn rounds_of(
    workspace: &Workspace,
    step: Step,
    kinds: &[Kind],
    rounds: usize,
) -> Result<Vec<(Kind, Vec<Cost>)>, String> {
    let bar = bar((rounds + 1) * kinds.len(), step.name());
    let mut all: Vec<(Kind, Vec<Cost>)> = kinds.iter().map(|kind| (*kind, Vec::new())).collect();
    for round in 0..=rounds {
        for (kind, costs) in &mut all {
            bar.set_message(kind.title());
            let cost = workspace.compile(step, *kind, round)?;
            // The first round builds what they depend on.
            if round > 0 {
                costs.push(cost);
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(all)
}

/// Writes a file, and the folders above it.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}
