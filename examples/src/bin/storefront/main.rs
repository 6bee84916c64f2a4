//! A service worth the name, with and without good manners: the same shop twice, once with plain handlers and once
//! with etiquette's attributes on them, serving the same customers while the services behind it misbehave on a fixed
//! seed.
//!
//! ```text
//! cargo run -p etiquette-examples --bin storefront -- --quick
//! cargo run -p etiquette-examples --bin storefront -- --plot latency.svg
//! ```
//!
//! Everything is real: HTTP over loopback, SQLite files, connection resets. Read `shop/plain.rs` beside
//! `shop/annotated.rs`; the rest is what it takes to compare them. Ctrl-C closes both shops at any moment, and the exit
//! code says whether the orders in SQLite are exactly those the customers were told of.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Parser as _;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use tokio_util::sync::CancellationToken;

use crate::cli::{Args, Plan};
use crate::metrics::Scrape;
use crate::shop::Style;
use crate::trial::Trial;

mod cli;
mod customer;
mod load;
mod metrics;
#[cfg(test)]
mod outages;
mod plot;
mod report;
mod serve;
mod shop;
mod signals;
mod telemetry;
mod trial;
mod upstream;

/// Held by tests that open a shop: circuits, limits and the recorder of metrics are the process's.
#[cfg(test)]
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// What a shell reports for a process that an interrupt ended.
const INTERRUPTED: u8 = 130;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let plan = Plan::new(&args);
    let screen = MultiProgress::new();
    let stop = CancellationToken::new();
    let leave = signals::watch(stop.clone(), screen.clone()).context("listening for Ctrl-C")?;
    telemetry::init(args.log);
    let metrics = metrics::serve(metrics::install()?).await?;
    if args.log.is_some() {
        writeln!(io::stderr(), "metrics: {}/metrics", metrics.url())
            .context("printing where the metrics are")?;
    }

    let folder = tempfile::tempdir().context("creating a folder for the databases")?;
    let bar = |style: Style| {
        if args.log.is_some() {
            ProgressBar::hidden()
        } else {
            bar(&screen, style, plan.orders() + plan.paced)
        }
    };
    let run = |style| Trial::run(style, plan, folder.path(), &stop, bar(style));
    let trials = async { tokio::try_join!(run(Style::Plain), run(Style::Annotated)) };
    let (plain, annotated) = tokio::select! {
        biased;
        () = leave.cancelled() => return Ok(ExitCode::from(INTERRUPTED)),
        trials = trials => trials?,
    };
    folder.close().context("removing the databases")?;
    let scrape = Scrape::of(&metrics).await?;
    metrics.stop().await?;

    let trials = [plain, annotated];
    writeln!(io::stdout(), "{}", report::table(&trials, &scrape)?).context("printing the table")?;
    if let Some(file) = &args.plot {
        plot::draw(file, &plan, &trials).with_context(|| format!("drawing {}", file.display()))?;
    }
    if !trials.iter().all(Trial::lost_nothing) {
        bail!("the orders in SQLite are not those that were acknowledged");
    }
    Ok(ExitCode::SUCCESS)
}

/// A bar on the terminal, if there is one.
fn bar(screen: &MultiProgress, style: Style, customers: usize) -> ProgressBar {
    let bar = screen.add(ProgressBar::new(customers as u64).with_prefix(style.name()));
    let template = "{prefix:>9} {wide_bar} {pos:>4}/{len} customers {elapsed:>3}";
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
