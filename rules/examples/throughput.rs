//! Lines per second over a tree: `cargo run --release -p etiquette-rules --example throughput -- DIR [--list]`.
//! `--list` prints the findings under the `server` preset; `--strict` takes every rule.

use std::path::PathBuf;
use std::time::Instant;

use etiquette_rules::{Level, Policy, Preset, Walk};

fn main() -> std::process::ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let list = args.iter().any(|arg| arg == "--list");
    let strict = args.iter().any(|arg| arg == "--strict");
    args.retain(|arg| !arg.starts_with("--"));
    let Some(root) = args.pop().map(PathBuf::from) else {
        eprintln!("usage: throughput [--list] [--strict] DIR");
        return std::process::ExitCode::from(2);
    };
    let policy = Policy::with_preset(if strict { Preset::Strict } else { Preset::Server });
    let walk = Walk::new(root, policy);
    // The first run fills the disk cache; the best of the others is the engine.
    let mut report = walk.run();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        report = walk.run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    if list {
        println!("{report}");
    }
    #[allow(clippy::cast_precision_loss, reason = "a printed rate")]
    let rate = report.lines as f64 / best;
    println!(
        "{} files, {} lines in {:.3} s: {:.2} M lines/s; {} denied, {} warned, {} skipped",
        report.files,
        report.lines,
        best,
        rate / 1e6,
        report.count(Level::Deny),
        report.count(Level::Warn),
        report.skipped.len()
    );
    std::process::ExitCode::SUCCESS
}
