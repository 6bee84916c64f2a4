//! Cold builds of a small crate: what a dependency costs whoever adds it.

use std::{collections::BTreeSet, fs, path::Path};

use super::{
    median,
    run::{cargo, lock, runtime},
    write,
};
use crate::report::bar;

/// One set of dependencies.
#[derive(Clone, Debug)]
pub struct Cold {
    /// What is added to the tokio stack.
    pub name: &'static str,
    /// Crates compiled, all in all.
    pub crates: usize,
    /// Seconds from start to end, in the middle round.
    pub wall: f64,
    /// Seconds of processor time, in the middle round.
    pub cpu: f64,
}

/// The tokio stack alone.
pub const BASE: &str = "tokio, tokio-util";
/// With etiquette.
pub const OURS: &str = "+ etiquette";
/// With nothing of ours, but with the crates that its attributes are parsed by: the floor.
const PARSERS: &str = "+ syn, quote, darling";

// The features of the workspace's own manifest.
const PARSED: &str = "darling = { version = \"0.24\", default-features = false, features = [\"suggestions\"] }\n\
     quote = \"1\"\nsyn = { version = \"3\", features = [\"full\", \"visit-mut\"] }";

// What it needs with tokio: its default features are for other runtimes too.
const BACKON: &str =
    "backon = { version = \"1\", default-features = false, features = [\"std\", \"tokio-sleep\"] }";

fn sets() -> Vec<(&'static str, &'static str, String)> {
    let ours = |features: &str| format!("etiquette = {{ path = {:?}{features} }}", runtime());
    vec![
        ("with-none", BASE, String::new()),
        ("with-etiquette", OURS, ours("")),
        (
            "with-bare",
            "+ etiquette, no features",
            ours(", default-features = false"),
        ),
        ("with-parsers", PARSERS, PARSED.to_owned()),
        ("with-backon", "+ backon", BACKON.to_owned()),
        (
            "with-tower",
            "+ tower (retry, timeout)",
            "tower = { version = \"0.5\", features = [\"retry\", \"timeout\", \"util\"] }".to_owned(),
        ),
        (
            "with-tracing",
            "+ tracing (attributes)",
            "tracing = \"0.1\"".to_owned(),
        ),
    ]
}

/// Builds each set from nothing, in turn.
pub(super) fn measure(folder: &Path, rounds: usize) -> Result<Vec<Cold>, String> {
    let sets = sets();
    let bar = bar(sets.len() * rounds, "cold build");
    let mut costs: Vec<Vec<(f64, f64)>> = vec![Vec::new(); sets.len()];
    let mut crates = vec![0; sets.len()];
    for round in 0..rounds {
        for (at, (package, name, dependency)) in sets.iter().enumerate() {
            bar.set_message(*name);
            let home = folder.join(package);
            if round == 0 {
                prepare(&home, package, dependency)?;
            } else {
                fs::remove_dir_all(home.join("target")).map_err(|error| error.to_string())?;
            }
            let cost = cargo(&home, &["build"])?;
            costs[at].push((cost.wall, cost.cpu));
            crates[at] = locked(&home);
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    let all = sets.iter().zip(costs).zip(crates);
    Ok(all
        .map(|(((_, name, _), costs), crates)| Cold {
            name,
            crates,
            wall: median(costs.iter().map(|cost| cost.0).collect()),
            cpu: median(costs.iter().map(|cost| cost.1).collect()),
        })
        .collect())
}

fn prepare(home: &Path, package: &str, dependency: &str) -> Result<(), String> {
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"sync\", \"time\"] }}\n\
         tokio-util = \"0.7\"\n{dependency}\n"
    );
    write(&home.join("Cargo.toml"), &manifest)?;
    write(
        &home.join("src/lib.rs"),
        "//! Empty: what counts is what it depends on.\n",
    )?;
    lock(home)
}

/// How many crates were compiled, the small one aside.
fn locked(home: &Path) -> usize {
    let folder = home.join("target/debug/.fingerprint");
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    // A crate with a build script is there more than once.
    let names: BTreeSet<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.rsplit_once('-')?.0.to_owned()))
        .collect();
    names.len().saturating_sub(1)
}
