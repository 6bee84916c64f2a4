//! Which preset fits a workspace, and the policy file that says so.

use cargo_metadata::{DependencyKind, Metadata, Package, TargetKind};
use etiquette_rules::Preset;
use etiquette_rules::policy::RULES_EDITION;

/// Crates whose users serve others: blocking one thread is many people's loss.
const SERVERS: [&str; 14] = [
    "actix-web",
    "axum",
    "hyper",
    "lapin",
    "poem",
    "pingora",
    "rdkafka",
    "rocket",
    "salvo",
    "tide",
    "tonic",
    "tower-http",
    "volo",
    "warp",
];

/// Crates whose users read a command line.
const COMMANDS: [&str; 4] = ["argh", "bpaf", "clap", "pico-args"];

/// A preset and what speaks for it.
pub(super) fn choose(metadata: &Metadata) -> (Preset, String) {
    let packages = metadata.workspace_packages();
    let programs: Vec<&Package> = packages
        .iter()
        .filter(|package| has_program(package))
        .copied()
        .collect();
    if programs.is_empty() {
        return (Preset::Library, "the workspace builds no program".to_owned());
    }
    for package in &packages {
        if let Some(server) = depends_on(package, &SERVERS) {
            return (Preset::Server, format!("`{}` uses {server}", package.name));
        }
    }
    for package in &programs {
        if let Some(command) = depends_on(package, &COMMANDS) {
            return (
                Preset::Cli,
                format!("`{}` is a program with {command} and no server", package.name),
            );
        }
    }
    (
        Preset::Server,
        "a program, and nothing says that it ends".to_owned(),
    )
}

fn has_program(package: &Package) -> bool {
    package
        .targets
        .iter()
        .any(|target| target.kind.contains(&TargetKind::Bin))
}

fn depends_on(package: &Package, names: &[&'static str]) -> Option<&'static str> {
    let uses = |name: &&&str| {
        let normal = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal);
        normal.into_iter().any(|dependency| dependency.name == ***name)
    };
    names.iter().find(uses).copied()
}

/// The policy file of a team that begins.
pub(super) fn file(preset: Preset) -> String {
    format!(
        "# What this team has agreed on about async code. `cargo etiquette check` looks after it.\n\
         preset = \"{}\" # {}\n\
         rules-edition = \"{RULES_EDITION}\"\n\
         \n\
         # One rule at another level; `cargo etiquette explain` lists them all.\n\
         [rules]\n\
         # detached_spawn = \"deny\"\n\
         \n\
         # One part of the tree with other habits.\n\
         # [[scope]]\n\
         # paths = [\"crates/cli/**\"]\n\
         # preset = \"cli\"\n",
        preset.name(),
        Preset::NAMES.join(", ")
    )
}
