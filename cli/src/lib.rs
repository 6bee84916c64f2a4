//! `cargo etiquette`: checks, explains, lists and fixes what a team has agreed on about async code.
//!
//! ```text
//! cargo etiquette check      # what breaks the rules of etiquette.toml, or of the `server` preset without one
//! cargo etiquette explain    # every rule; with a name, its page
//! cargo etiquette list       # every annotated function: its layers, how often it runs, how long it may take
//! cargo etiquette fix        # the edits that findings come with: a preview, or with --apply the change
//! cargo etiquette init       # etiquette.toml and the clippy settings that go with it
//! ```
//!
//! Exit status: 0 nothing at `deny`, 1 findings at `deny`, 2 it could not run.
//!
//! One module for each command; `args` has every option, `tree` finds the workspace and its policy, `report` prints.
//! The rules themselves are in `etiquette-rules`.

mod args;
mod check;
mod explain;
mod failure;
mod fix;
mod git;
mod init;
mod list;
mod progress;
mod report;
mod text;
mod tree;

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::Failure;
use report::Report;

/// Address space for the thread that works; only what is used costs memory.
const STACK: usize = 256 << 20;

/// Runs the command line and says how it ended. As a cargo subcommand the first argument is `etiquette`; it is skipped.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if args.get(1).is_some_and(|arg| arg == OsStr::new("etiquette")) {
        args.remove(1);
    }
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Whoever closed the stream does not want the text.
            let _closed = error.print();
            return ExitCode::from(code);
        }
    };
    let color = cli.color;
    // Parsers go as deep as the code they read is nested.
    let worker = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || dispatch(cli));
    let done = match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Failure::new("the command broke off").help("please report this as a bug")),
        Err(cause) => Err(Failure::new(format!("a thread could not be started: {cause}"))),
    };
    match done {
        Ok(report) => report.print(color),
        Err(failure) => failure.print(color),
    }
}

fn dispatch(cli: Cli) -> Result<Report, Failure> {
    match cli.command {
        Command::Check(args) => check::run(&args, cli.color),
        Command::Explain(args) => explain::run(args.rule.as_deref()),
        Command::List(args) => list::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Init(args) => init::run(&args),
    }
}
