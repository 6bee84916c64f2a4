//! Heap allocations per call, as a program of its own counts them: an allocator that counts would
//! slow down here whoever allocates.

use std::{
    collections::HashMap,
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// What that program found.
#[derive(Clone, Debug, Default)]
pub struct Allocations {
    counts: HashMap<(String, String), f64>,
    /// Bytes on the heap of one pending call: of what kind, of whom, how many.
    pub memory: Vec<(String, String, f64)>,
}

impl Allocations {
    /// Builds and runs it; `quick` runs it only where it is there already.
    ///
    /// # Errors
    ///
    /// When it is not there, or does not run.
    pub fn count(quick: bool) -> Result<Self, String> {
        let path = program(quick)?;
        let out = Command::new(&path)
            .output()
            .map_err(|error| format!("allocations: {error}"))?;
        if !out.status.success() {
            let said = String::from_utf8_lossy(&out.stderr).into_owned();
            return Err(format!("allocations: {said}"));
        }
        Ok(Self::parse(&String::from_utf8_lossy(&out.stdout)))
    }

    fn parse(said: &str) -> Self {
        let mut found = Self::default();
        for line in said.lines() {
            let mut fields = line.split('\t');
            let (Some(what), Some(first), Some(second), Some(Ok(number))) = (
                fields.next(),
                fields.next(),
                fields.next(),
                fields.next().map(str::parse::<f64>),
            ) else {
                continue;
            };
            let (first, second) = (first.to_owned(), second.to_owned());
            match what {
                "calls" => {
                    found.counts.insert((first, second), number);
                }
                _ => found.memory.push((first, second, number)),
            }
        }
        found
    }

    /// Those of one call.
    #[must_use]
    pub fn of(&self, job: &str, contender: &str) -> Option<f64> {
        self.counts.get(&(job.to_owned(), contender.to_owned())).copied()
    }
}

fn program(quick: bool) -> Result<PathBuf, String> {
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let path = this
        .with_file_name("allocs")
        .with_extension(env::consts::EXE_EXTENSION);
    if quick {
        return match path.exists() {
            true => Ok(path),
            false => Err("allocations: `cargo build --release -p etiquette-benches --bins` first".to_owned()),
        };
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = this.parent().and_then(Path::parent);
    let built = Command::new(cargo)
        .args([
            "build",
            "--quiet",
            "--release",
            "-p",
            "etiquette-benches",
            "--bin",
            "allocs",
        ])
        .envs(target.map(|target| ("CARGO_TARGET_DIR", target)))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .map_err(|error| format!("allocations: {error}"))?;
    match built.success() {
        true => Ok(path),
        false => Err("allocations: the program that counts does not build".to_owned()),
    }
}
