//! Runs the jobs and keeps what came out.

use indicatif::{ProgressBar, ProgressStyle};

use super::{Allocations, Instructions};
use crate::{
    compile::{self, Compile},
    growth::{Growth, Pending, depths, pending},
    harness::{Contender, Effort, Goal, Job, Role, Sample, Times, check, measure},
    jobs,
    sizes::{self, Sizes},
};

/// How much to run.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Shape only: no verdict on time.
    pub quick: bool,
    /// Only the jobs whose id contains this.
    pub only: Option<String>,
    /// Whether to compile the generated crates.
    pub compile: bool,
    /// Whether to count instructions, where valgrind is installed.
    pub instructions: bool,
}

/// One contender's numbers.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub name: &'static str,
    /// What it is to us.
    pub role: Role,
    /// Where it differs.
    pub note: &'static str,
    /// Nanoseconds per call.
    pub times: Times,
    /// Instructions per call.
    pub instructions: Option<f64>,
    /// Heap allocations per call.
    pub allocations: Option<f64>,
}

/// One job's numbers.
#[derive(Clone, Debug)]
pub struct JobResult {
    /// For the command line.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What was to be reached.
    pub goals: Vec<Goal>,
    /// All contenders.
    pub entries: Vec<Entry>,
}

/// All numbers.
#[derive(Clone, Debug)]
pub struct Results {
    /// Whether times mean nothing.
    pub quick: bool,
    /// Time, instructions, allocations.
    pub jobs: Vec<JobResult>,
    /// Bytes of futures.
    pub sizes: [Sizes; 2],
    /// Cost against number and depth.
    pub growth: Vec<Growth>,
    /// Bytes on the heap of one pending call.
    pub memory: Vec<(String, String, f64)>,
    /// Compile time.
    pub compile: Option<Compile>,
    /// What was left out, and why.
    pub skipped: Vec<String>,
}

/// Runs all of it.
///
/// # Errors
///
/// When contenders come to different results, or a generated crate does not compile.
pub fn run(scope: &Scope) -> Result<Results, String> {
    let effort = if scope.quick { Effort::QUICK } else { Effort::FULL };
    let wanted = |job: &Job| {
        scope
            .only
            .as_ref()
            .is_none_or(|only| job.id.contains(only.as_str()))
    };
    let jobs: Vec<Job> = jobs::all().into_iter().filter(wanted).collect();
    let mut skipped = Vec::new();

    let allocations = note(Allocations::count(scope.quick), &mut skipped).unwrap_or_default();
    let instructions = match scope.instructions && !scope.quick {
        true => note(Instructions::count(&jobs), &mut skipped).unwrap_or_default(),
        false => {
            skipped.push("instructions: not asked for".to_owned());
            Instructions::default()
        }
    };

    let bar = bar(jobs.len(), "jobs");
    let mut done = Vec::new();
    for job in &jobs {
        bar.set_message(job.title);
        check(job)?;
        let times = measure(job, effort);
        let entries = job.contenders.iter().zip(times).map(|(contender, times)| Entry {
            name: contender.name,
            role: contender.role,
            note: contender.note,
            times,
            instructions: instructions.of(job.id, contender.name),
            allocations: allocations.of(job.id, contender.name),
        });
        done.push(JobResult {
            id: job.id,
            title: job.title,
            goals: job.goals.clone(),
            entries: entries.collect(),
        });
        bar.inc(1);
    }
    bar.finish_and_clear();

    let growth = growth(scope, effort)?;
    let compile = match scope.compile && !scope.quick {
        // After all the rest: what was measured before is not to be lost.
        true => note(compile::measure(compile::ROUNDS), &mut skipped),
        false => {
            skipped.push("compile time: not asked for".to_owned());
            None
        }
    };
    Ok(Results {
        quick: scope.quick,
        jobs: done,
        sizes: sizes::all(),
        growth,
        memory: allocations.memory,
        compile,
        skipped,
    })
}

/// Makes that many calls of one contender: what is run under another program's eyes.
///
/// # Errors
///
/// When there is none of that name.
pub fn calls(job: &str, contender: &str, count: u64) -> Result<(), String> {
    let all = jobs::all();
    let found = all
        .iter()
        .find(|known| known.id == job)
        .and_then(|known| known.contenders.iter().find(|known| known.name == contender))
        .ok_or_else(|| format!("no contender `{contender}` in a job `{job}`"))?;
    // Whatever happens only once.
    let _ = found.run(16);
    let _ = counted(found, count);
    Ok(())
}

/// What the other program looks at: it knows it by its name.
#[inline(never)]
fn counted(contender: &Contender, count: u64) -> Sample {
    std::hint::black_box(contender).run(count)
}

fn growth(scope: &Scope, effort: Effort) -> Result<Vec<Growth>, String> {
    if scope.only.is_some() {
        return Ok(Vec::new());
    }
    let (most, rounds) = if scope.quick { (100, 1) } else { (100_000, 9) };
    let bar = bar(Pending::ALL.len() + 1, "growth");
    let mut all = Vec::new();
    for kind in Pending::ALL {
        all.push(pending(kind, most, rounds)?);
        bar.inc(1);
    }
    all.push(depths(effort));
    bar.finish_and_clear();
    Ok(all)
}

fn note<T>(found: Result<T, String>, skipped: &mut Vec<String>) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(why) => {
            skipped.push(why);
            None
        }
    }
}

/// A progress bar that is quiet where there is no terminal.
pub(crate) fn bar(count: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(count).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{prefix:>14} {bar:30} {pos}/{len} {wide_msg}") {
        bar.set_style(style);
    }
    bar.set_prefix(what);
    bar
}
