//! Every command and option, in the words of `--help`.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use etiquette_rules::Preset;

/// Keeps async code in order: checks, explains, lists and fixes what a team has agreed on.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-etiquette",
    bin_name = "cargo etiquette",
    version,
    max_term_width = 100
)]
pub(crate) struct Cli {
    /// When to use colors.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the workspace against its policy, or the `server` preset when it has none
    ///
    /// Exits with 0 when nothing is at `deny`, with 1 when something is, with 2 when it could not run.
    Check(CheckArgs),
    /// Explain a rule; without one, list them all
    Explain(ExplainArgs),
    /// List every annotated function: its layers, its number of runs, its worst case
    List(ListArgs),
    /// Make the edits that findings come with: shown unless `--apply` is given
    Fix(FixArgs),
    /// Write etiquette.toml and the clippy settings that go with it; nothing there is overwritten
    Init(InitArgs),
}

/// Which tree, and which part of it.
#[derive(Debug, Args)]
pub(crate) struct TreeArgs {
    /// The Cargo.toml whose workspace is meant, instead of the one around the current folder
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// Only these packages of the workspace
    #[arg(short, long, value_name = "NAME")]
    pub(crate) package: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) tree: TreeArgs,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Check against this preset, whatever levels etiquette.toml sets; what it excludes and its data stay
    #[arg(long, value_name = "PRESET", value_parser = preset())]
    pub(crate) preset: Option<Preset>,
    /// Only findings on lines that were changed or added since this git revision
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    /// Leave out the findings that this file knows; it may only shrink
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the baseline: a new one with every finding, an existing one without what is gone
    #[arg(long, requires = "baseline", conflicts_with_all = ["since", "package"])]
    pub(crate) write_baseline: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The code, the rule and the help, as the compiler shows them
    #[default]
    Human,
    /// Cargo's messages, one JSON object a line
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands, which GitHub shows on the lines
    Github,
    /// One line for each finding
    Short,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule, as in `blocking_fs` or `ETQ102`
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) tree: TreeArgs,
    /// How functions are printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

/// How functions are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table for a terminal
    #[default]
    Table,
    /// One JSON object
    Json,
    /// One page that needs no network: sortable, with a filter
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct FixArgs {
    #[command(flatten)]
    pub(crate) tree: TreeArgs,
    /// Change the files; without it the changes are only shown
    #[arg(long)]
    pub(crate) apply: bool,
    /// Change files that have uncommitted changes
    #[arg(long, requires = "apply")]
    pub(crate) allow_dirty: bool,
    /// Change files that git does not keep
    #[arg(long, requires = "apply")]
    pub(crate) allow_no_vcs: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The Cargo.toml whose workspace is meant, instead of the one around the current folder
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// The preset, instead of the one that fits what the workspace builds
    #[arg(long, value_name = "PRESET", value_parser = preset())]
    pub(crate) preset: Option<Preset>,
    /// Only show what would be written
    #[arg(long)]
    pub(crate) dry_run: bool,
}

fn preset() -> impl clap::builder::TypedValueParser<Value = Preset> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Preset::NAMES).map(|name| Preset::from_name(&name).unwrap_or_default())
}
