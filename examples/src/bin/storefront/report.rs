//! The table at the end: both shops side by side.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{CellAlignment, Table};
use hdrhistogram::Histogram;

use crate::customer::Outcome;
use crate::shop::error::Kind;
use crate::trial::Trial;
use crate::upstream::Upstream;

/// Latencies in microseconds.
pub(crate) fn latencies(trial: &Trial) -> anyhow::Result<Histogram<u64>> {
    let mut histogram = Histogram::new(3).context("creating a histogram")?;
    for sample in &trial.samples {
        histogram
            .record(sample.latency.as_micros() as u64)
            .context("recording a latency")?;
    }
    Ok(histogram)
}

/// One line per figure, one column per trial.
pub(crate) fn table(trials: &[Trial]) -> anyhow::Result<Table> {
    let histograms = trials.iter().map(latencies).collect::<anyhow::Result<Vec<_>>>()?;
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY);
    let mut row = |title: &str, cells: &mut dyn Iterator<Item = String>| {
        table.add_row(std::iter::once(title.to_owned()).chain(cells));
    };
    let mut each =
        |title: &str, figure: &dyn Fn(&Trial) -> String| row(title, &mut trials.iter().map(figure));

    each("orders", &|t| t.samples.len().to_string());
    each("  confirmed in time", &|t| {
        share(t.count(|o| o == Outcome::Placed), t.samples.len())
    });
    each("  confirmed on asking", &|t| {
        t.count(|o| o == Outcome::PlacedUnseen).to_string()
    });
    each("  failed upstream", &|t| turned(t, Kind::Upstream));
    each("  timed out by the shop", &|t| turned(t, Kind::TimedOut));
    each("  cancelled at closing", &|t| turned(t, Kind::Cancelled));
    each("  customer left waiting", &|t| {
        t.count(|o| o == Outcome::LeftWaiting).to_string()
    });
    row(
        "latency p50, all orders",
        &mut histograms.iter().map(|h| quantile(h, 0.50)),
    );
    row(
        "latency p99, all orders",
        &mut histograms.iter().map(|h| quantile(h, 0.99)),
    );
    let mut each =
        |title: &str, figure: &dyn Fn(&Trial) -> String| row(title, &mut trials.iter().map(figure));
    each("calls sent upstream", &|t| sum(t, |u| &u.met.calls).to_string());
    each("  met slowness", &|t| sum(t, |u| &u.met.slow).to_string());
    each("  met 503, in the brown-out", &|t| {
        format!("{}, {}", sum(t, |u| &u.met.busy), sum(t, |u| &u.met.brown_out))
    });
    each("  met a reset", &|t| sum(t, |u| &u.met.reset).to_string());
    each("  met a hang", &|t| sum(t, |u| &u.met.hung).to_string());
    each("retried after 503", &|t| read(&t.tally.after_busy));
    each("retried after a reset", &|t| read(&t.tally.after_broken));
    each("retried after a timeout", &|t| read(&t.tally.after_timeout));
    each("paid for, but no order", &|t| {
        t.payments.done_without(&t.rows).to_string()
    });
    each("closing took", &|t| millis(t.closing_took));
    each("rows in SQLite = acknowledged", &|t| {
        let sign = if t.lost_nothing() { '=' } else { '≠' };
        format!("{} {sign} {}", t.rows.len(), t.count(Outcome::is_acknowledged))
    });

    table.set_header(std::iter::once("").chain(trials.iter().map(|trial| trial.style.name())));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    Ok(table)
}

fn turned(trial: &Trial, kind: Kind) -> String {
    trial
        .count(|outcome| outcome == Outcome::Turned(kind))
        .to_string()
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return part.to_string();
    }
    format!("{part} ({:.1} %)", 100.0 * part as f64 / whole as f64)
}

fn sum(trial: &Trial, counter: impl Fn(&Upstream) -> &AtomicU64) -> u64 {
    [&trial.inventory, &trial.payments]
        .iter()
        .map(|upstream| counter(upstream).load(Ordering::Relaxed))
        .sum()
}

fn read(counter: &AtomicU64) -> String {
    counter.load(Ordering::Relaxed).to_string()
}

fn quantile(histogram: &Histogram<u64>, quantile: f64) -> String {
    millis(Duration::from_micros(histogram.value_at_quantile(quantile)))
}

fn millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}
