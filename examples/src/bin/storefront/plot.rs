//! The latency picture: every order of each shop over time, and below them the percentiles.

use std::error::Error;
use std::ops::Range;
use std::path::Path;

use anyhow::anyhow;
use plotters::coord::Shift;
use plotters::prelude::*;

use crate::cli::Plan;
use crate::customer::Outcome;
use crate::report::latencies;
use crate::shop::Style;
use crate::trial::Trial;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn Error + Send + Sync>>;

const FONT: (&str, i32) = ("sans-serif", 16);

/// The upright axis of every panel.
const MILLIS: Range<f64> = 5.0..5_000.0;

/// Of the percentile curve.
const POINTS: i32 = 90;

pub(crate) fn draw(file: &Path, plan: &Plan, trials: &[Trial]) -> anyhow::Result<()> {
    // plotters' errors borrow its backend; their text is what is worth keeping.
    try_draw(file, plan, trials).map_err(|error| anyhow!("{error}"))
}

fn try_draw(file: &Path, plan: &Plan, trials: &[Trial]) -> Drawn {
    let page = SVGBackend::new(file, (960, 280 * (trials.len() as u32 + 1))).into_drawing_area();
    page.fill(&WHITE)?;
    let panels = page.split_evenly((trials.len() + 1, 1));
    for (panel, trial) in panels.iter().zip(trials) {
        draw_orders(panel, plan, trial)?;
    }
    if let Some(panel) = panels.last() {
        draw_percentiles(panel, trials)?;
    }
    page.present()?;
    Ok(())
}

fn colour(style: Style) -> RGBColor {
    match style {
        Style::Plain => RGBColor(200, 70, 40),
        Style::Annotated => RGBColor(30, 100, 170),
    }
}

/// One dot per order: filled if it was confirmed in time.
fn draw_orders(area: &Area<'_>, plan: &Plan, trial: &Trial) -> Drawn {
    let (colour, name) = (colour(trial.style), trial.style.name());
    let seconds = plan.ends().as_secs_f64();
    let mut chart = ChartBuilder::on(area)
        .caption(
            format!("{name}: every order, hollow if it was not confirmed in time"),
            FONT,
        )
        .margin(10)
        .x_label_area_size(36)
        .y_label_area_size(62)
        .build_cartesian_2d(0.0..seconds, MILLIS.log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc("ordered at, s")
        .y_desc("answered after, ms")
        .draw()?;
    chart.draw_series(trial.samples.iter().map(|sample| {
        let at = (sample.due.as_secs_f64(), sample.latency.as_secs_f64() * 1e3);
        if sample.ordered.outcome == Outcome::Placed {
            Circle::new(at, 2, colour.mix(0.5).filled())
        } else {
            Circle::new(at, 4, colour.stroke_width(1))
        }
    }))?;
    Ok(())
}

fn draw_percentiles(area: &Area<'_>, trials: &[Trial]) -> Drawn {
    // The axis says that one order in so many takes longer: equal steps from 0 to 90 to 99 to 99.9 percent.
    let percentile = |one_in: &f64| format!("{}", (1_000.0 - 1_000.0 / one_in).round() / 10.0);
    let mut chart = ChartBuilder::on(area)
        .caption("Percentiles of all orders, confirmed or not", FONT)
        .margin(10)
        .x_label_area_size(36)
        .y_label_area_size(62)
        .build_cartesian_2d((1.0..1_000.0).log_scale(), MILLIS.log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_label_formatter(&percentile)
        .x_desc("percentile")
        .y_desc("answered within, ms")
        .draw()?;
    for trial in trials {
        let histogram = latencies(trial)?;
        let line = (0..=POINTS).map(|point| {
            let one_in = 1_000_f64.powf(f64::from(point) / f64::from(POINTS));
            (
                one_in,
                histogram.value_at_quantile(1.0 - 1.0 / one_in) as f64 / 1e3,
            )
        });
        let colour = colour(trial.style);
        chart
            .draw_series(LineSeries::new(line, colour.stroke_width(2)))?
            .label(trial.style.name())
            .legend(move |(x, y)| Rectangle::new([(x, y - 1), (x + 16, y + 1)], colour.filled()));
    }
    let labels = &mut chart.configure_series_labels();
    labels
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK.mix(0.3))
        .draw()?;
    Ok(())
}
