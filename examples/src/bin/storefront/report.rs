//! The table at the end: both shops side by side. What the customers saw, what the services behind the shop saw, and
//! what each attribute did about it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use comfy_table::presets::UTF8_BORDERS_ONLY;
use comfy_table::{CellAlignment, Table};
use hdrhistogram::Histogram;

use crate::customer::{Outcome, View};
use crate::load::Sample;
use crate::metrics::Scrape;
use crate::shop::Style;
use crate::shop::annotated::PAYMENTS;
use crate::shop::error::Kind;
use crate::trial::Trial;
use crate::upstream::Met;

/// In microseconds.
pub(crate) fn histogram(latencies: impl IntoIterator<Item = Duration>) -> anyhow::Result<Histogram<u64>> {
    let mut histogram = Histogram::new(3).context("creating a histogram")?;
    for latency in latencies {
        histogram
            .record(latency.as_micros() as u64)
            .context("recording a latency")?;
    }
    Ok(histogram)
}

/// Of all orders of a trial.
pub(crate) fn latencies(trial: &Trial) -> anyhow::Result<Histogram<u64>> {
    histogram(trial.samples.iter().map(|sample| sample.latency))
}

/// One line per figure, one column per trial.
pub(crate) fn table(trials: &[Trial], scrape: &Scrape) -> anyhow::Result<Table> {
    let mut lines = Lines {
        trials,
        table: Table::new(),
    };
    lines.table.load_style(UTF8_BORDERS_ONLY);
    orders(&mut lines)?;
    pages(&mut lines)?;
    services(&mut lines);
    layers(&mut lines, scrape);
    lines.add("closing took", |t| millis(t.closing_took));
    lines.add("rows in SQLite = acknowledged", |t| {
        let sign = if t.lost_nothing() { '=' } else { '≠' };
        format!("{} {sign} {}", t.rows.len(), t.count(Outcome::is_acknowledged))
    });
    Ok(lines.finish())
}

fn orders(lines: &mut Lines<'_>) -> anyhow::Result<()> {
    lines.add("orders", |t| t.samples.len().to_string());
    lines.add("  confirmed in time", |t| confirmed(t, |_| true));
    lines.add("  … of the crowd, all at once", |t| {
        confirmed(t, |s| t.plan.is_crowd(s.number))
    });
    lines.add("  … while payments is down", |t| {
        confirmed(t, |s| is_outage(t, s))
    });
    lines.add("  confirmed on asking", |t| {
        t.count(|o| o == Outcome::PlacedUnseen).to_string()
    });
    lines.add("  failed upstream", |t| turned(t, &[Kind::Upstream]));
    lines.add("  timed out by the shop", |t| turned(t, &[Kind::TimedOut]));
    lines.add("  refused to the end", |t| {
        turned(t, &[Kind::CircuitOpen, Kind::AtCapacity, Kind::RateLimited])
    });
    lines.add("  cancelled at closing", |t| turned(t, &[Kind::Cancelled]));
    lines.add("  customer left waiting", |t| {
        t.count(|o| o == Outcome::LeftWaiting).to_string()
    });
    lines.add("came back when told to", |t| {
        t.samples
            .iter()
            .map(|s| s.ordered.came_back)
            .sum::<u32>()
            .to_string()
    });
    lines.quantiles("time to order", latencies)?;
    lines.quantiles("  … in the crowd", |t| {
        let crowd = t.samples.iter().filter(|s| t.plan.is_crowd(s.number));
        histogram(crowd.map(|s| s.latency))
    })?;
    lines.quantiles("first answer, payments down", |t| {
        let outage = t.samples.iter().filter(|s| is_outage(t, s));
        histogram(outage.map(|s| s.ordered.first_answer))
    })
}

fn pages(lines: &mut Lines<'_>) -> anyhow::Result<()> {
    lines.add("pages looked at", |t| t.looks.len().to_string());
    lines.add("  shown in time", |t| {
        let shown = seen(t, View::Whole) + seen(t, View::Partly);
        share(shown, t.looks.len())
    });
    lines.add("  … without instalments", |t| seen(t, View::Partly).to_string());
    lines.add("  failed", |t| seen(t, View::Failed).to_string());
    lines.add("  customer left waiting", |t| {
        seen(t, View::LeftWaiting).to_string()
    });
    lines.quantiles("time to see a page", |t| {
        histogram(t.looks.iter().map(|look| look.latency))
    })?;
    lines.quantiles("time to know the price", |t| histogram(t.tally.prices.laps()))
}

fn services(lines: &mut Lines<'_>) {
    lines.add("calls sent upstream", |t| met(t, |m| &m.calls).to_string());
    lines.add("  met slowness", |t| met(t, |m| &m.slow).to_string());
    lines.add("  met 503", |t| met(t, |m| &m.busy).to_string());
    lines.add("  met a reset", |t| met(t, |m| &m.reset).to_string());
    lines.add("  met a hang", |t| met(t, |m| &m.hung).to_string());
    lines.add("  … at payments while down", |t| read(&t.payments.met.outage));
    lines.add("most at once in inventory", |t| {
        t.inventory.crowd.most().to_string()
    });
    lines.add("paid for, but no order", |t| {
        t.payments.done_without(&t.rows).to_string()
    });
}

fn layers(lines: &mut Lines<'_>, scrape: &Scrape) {
    lines.annotated("retry: after 503, reset, timeout", |t| {
        let tally = &t.tally;
        let after = [&tally.after_busy, &tally.after_broken, &tally.after_timeout];
        after.map(read).join(", ")
    });
    lines.annotated("circuit_breaker: opened, now", |_| {
        let opened = [("circuit", "payments"), ("to", "open")];
        let times = scrape.sum("etiquette_circuit_transitions_total", &opened);
        format!("{times} times, {:?}", PAYMENTS.state())
    });
    lines.annotated("  refused orders, instalments", |t| {
        [&t.tally.refused_open, &t.tally.left_out_open]
            .map(read)
            .join(", ")
    });
    lines.annotated("concurrency_limit: refused", |t| read(&t.tally.refused_full));
    lines.annotated("rate_limit: orders waited, refused", |t| {
        let in_line = [("operation", "charge"), ("limit", "rate_limit")];
        let waited = scrape.sum("etiquette_wait_seconds_count", &in_line);
        format!("{waited}, {}", read(&t.tally.refused_rate))
    });
    lines.annotated("hedge: started, won", |t| {
        [&t.tally.hedges, &t.tally.hedges_won].map(read).join(", ")
    });
    lines.annotated("fallback: open, rate, slow, failed", |t| {
        let tally = &t.tally;
        let left_out = [
            &tally.left_out_open,
            &tally.left_out_rate,
            &tally.left_out_slow,
            &tally.left_out_failed,
        ];
        left_out.map(read).join(", ")
    });
}

/// The table as it grows.
struct Lines<'a> {
    trials: &'a [Trial],
    table: Table,
}

impl Lines<'_> {
    fn add(&mut self, title: &str, figure: impl Fn(&Trial) -> String) {
        let cells = self.trials.iter().map(figure);
        self.table.add_row(std::iter::once(title.to_owned()).chain(cells));
    }

    /// What plain handlers have not got.
    fn annotated(&mut self, title: &str, figure: impl Fn(&Trial) -> String) {
        self.add(title, |trial| match trial.style {
            Style::Plain => "-".to_owned(),
            Style::Annotated => figure(trial),
        });
    }

    fn quantiles(
        &mut self,
        title: &str,
        of: impl Fn(&Trial) -> anyhow::Result<Histogram<u64>>,
    ) -> anyhow::Result<()> {
        let histograms = self.trials.iter().map(of).collect::<anyhow::Result<Vec<_>>>()?;
        let cells = histograms
            .iter()
            .map(|h| format!("{}, {}", quantile(h, 0.50), quantile(h, 0.99)));
        self.table
            .add_row(std::iter::once(format!("{title}: p50, p99")).chain(cells));
        Ok(())
    }

    fn finish(mut self) -> Table {
        let styles = self.trials.iter().map(|trial| trial.style.name());
        self.table.set_header(std::iter::once("").chain(styles));
        for column in self.table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        self.table
    }
}

fn is_outage(trial: &Trial, sample: &Sample) -> bool {
    trial.plan.is_outage(sample.due)
}

/// How many of these orders were confirmed in time.
fn confirmed(trial: &Trial, of: impl Fn(&Sample) -> bool) -> String {
    let (mut placed, mut all) = (0, 0);
    for sample in trial.samples.iter().filter(|sample| of(sample)) {
        all += 1;
        placed += usize::from(sample.ordered.outcome == Outcome::Placed);
    }
    share(placed, all)
}

fn turned(trial: &Trial, kinds: &[Kind]) -> String {
    let turned = |outcome| matches!(outcome, Outcome::Turned(kind) if kinds.contains(&kind));
    trial.count(turned).to_string()
}

fn seen(trial: &Trial, view: View) -> usize {
    trial.looks.iter().filter(|look| look.view == view).count()
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return part.to_string();
    }
    format!("{part} of {whole} ({:.1} %)", 100.0 * part as f64 / whole as f64)
}

fn met(trial: &Trial, counter: impl Fn(&Met) -> &AtomicU64) -> u64 {
    [&trial.inventory, &trial.payments, &trial.catalogue]
        .iter()
        .map(|upstream| counter(&upstream.met).load(Ordering::Relaxed))
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
