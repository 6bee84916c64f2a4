//! Measures everything side by side and says how it came out.

#![forbid(unsafe_code)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use etiquette_benches::{
    compile,
    report::{Scope, between, calls, details, html, markdown, rows, run, short, summary, table},
};

/// etiquette against hand-written code and every peer, side by side in one run.
#[derive(Debug, Parser)]
struct Arguments {
    /// Shape only: that contenders agree and the tables are there; no verdict on time
    #[arg(long)]
    quick: bool,
    /// Only the jobs whose id contains this; nothing is written
    #[arg(long)]
    only: Option<String>,
    /// Leave out the compile times, which take minutes
    #[arg(long)]
    no_compile: bool,
    /// Leave out the instruction counts
    #[arg(long)]
    no_instructions: bool,
    /// Where REPORT.md and report.html go
    #[arg(long, default_value = env!("CARGO_MANIFEST_DIR"))]
    out: PathBuf,
    /// A file with `<!-- numbers: begin -->` and `end`, to put the table between
    #[arg(long)]
    readme: Option<PathBuf>,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Debug, Subcommand)]
enum Part {
    /// Make some calls of one contender, and print nothing
    Calls {
        /// Which job
        job: String,
        /// Which contender
        contender: String,
        /// How many calls
        count: u64,
    },
    /// The compile times alone
    Compile {
        /// How often
        #[arg(default_value_t = compile::ROUNDS)]
        rounds: usize,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.part {
        Some(Part::Calls {
            job,
            contender,
            count,
        }) => calls(job, contender, *count),
        Some(Part::Compile { rounds }) => compile_only(*rounds),
        None => all(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn all(arguments: &Arguments) -> Result<(), String> {
    let results = run(&Scope {
        quick: arguments.quick,
        only: arguments.only.clone(),
        compile: !arguments.no_compile && arguments.only.is_none(),
        instructions: !arguments.no_instructions,
    })?;
    for job in &results.jobs {
        println!("{}\n", details(job));
    }
    let rows = rows(&results);
    let (listed, ahead): (Vec<_>, Vec<_>) = rows.iter().cloned().partition(|row| row.listed);
    println!(
        "also measured: to be ahead, or not far behind\n{}\n",
        table(&ahead)
    );
    println!("the goals\n{}", table(&listed));
    for skipped in &results.skipped {
        println!("left out: {skipped}");
    }
    if arguments.only.is_some() {
        return Ok(());
    }
    let page = html(&results)?;
    // Numbers that mean nothing do not replace those that do.
    if arguments.quick {
        println!("a page of {} KiB, not written", page.len() / 1024);
        return Ok(());
    }
    write(&arguments.out.join("REPORT.md"), &markdown(&results))?;
    write(&arguments.out.join("report.html"), &page)?;
    if let Some(readme) = &arguments.readme {
        let text = fs::read_to_string(readme).map_err(|error| error.to_string())?;
        let changed = between(&text, &summary(&rows))
            .ok_or_else(|| format!("{} has no place for the numbers", readme.display()))?;
        write(readme, &changed)?;
    }
    Ok(())
}

fn compile_only(rounds: usize) -> Result<(), String> {
    let measured = compile::measure(rounds)?;
    for (step, kinds) in [("check", &measured.check), ("build", &measured.build)] {
        for (kind, costs) in kinds {
            for cost in costs {
                let (cpu, wall, memory) = (short(cost.cpu), short(cost.wall), short(cost.memory));
                println!(
                    "cargo {step}: {:24} {cpu:>6} s, wall {wall:>6} s, {memory:>5} MiB",
                    kind.title()
                );
            }
        }
    }
    for cold in &measured.cold {
        let (wall, cpu) = (short(cold.wall), short(cold.cpu));
        println!(
            "cold: {:28} {:>3} crates, wall {wall:>6} s, {cpu:>6} s",
            cold.name, cold.crates
        );
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
