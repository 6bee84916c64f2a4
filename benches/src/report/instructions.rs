//! Instructions per call, as valgrind's callgrind counts them.

use std::{
    collections::HashMap,
    env,
    process::{Command, Stdio},
};

use super::results::bar;
use crate::harness::Job;

/// Calls of each contender. What happens only once was over before, and what starts the loop is
/// less than one instruction for each.
const CALLS: u64 = 2_000;

/// Instructions per call of each contender of each job.
#[derive(Clone, Debug, Default)]
pub struct Instructions {
    counts: HashMap<(String, String), f64>,
}

impl Instructions {
    /// Runs this program again, under valgrind, for each contender.
    ///
    /// # Errors
    ///
    /// When valgrind is not installed, or has nothing to say.
    pub fn count(jobs: &[Job]) -> Result<Self, String> {
        let found = Command::new("valgrind")
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        if !found.is_ok_and(|status| status.success()) {
            return Err("instructions: valgrind is not installed".to_owned());
        }
        let countable = jobs.iter().filter(|job| job.countable);
        let pairs: Vec<_> = countable
            .flat_map(|job| job.contenders.iter().map(|contender| (job.id, contender.name)))
            .collect();
        let bar = bar(pairs.len(), "instructions");
        let mut counts = HashMap::new();
        for (job, contender) in pairs {
            bar.set_message(format!("{job}: {contender}"));
            #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
            let each = total(job, contender, CALLS)? as f64 / CALLS as f64;
            counts.insert((job.to_owned(), contender.to_owned()), each);
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(Self { counts })
    }

    /// Those of one call.
    #[must_use]
    pub fn of(&self, job: &str, contender: &str) -> Option<f64> {
        self.counts.get(&(job.to_owned(), contender.to_owned())).copied()
    }
}

/// All instructions of `count` calls.
fn total(job: &str, contender: &str, count: u64) -> Result<u64, String> {
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let out = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            "--toggle-collect=*counted*",
        ])
        .arg(this)
        .args(["calls", job, contender, &count.to_string()])
        .output()
        .map_err(|error| format!("instructions: {error}"))?;
    let said = String::from_utf8_lossy(&out.stderr);
    said.lines()
        .find_map(|line| line.split_once("Collected :"))
        .and_then(|(_, count)| count.trim().parse().ok())
        .ok_or_else(|| format!("instructions: valgrind could not run {job}: {contender}"))
}
