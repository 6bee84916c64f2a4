//! Plots, as SVG in a string.

use plotters::{
    chart::SeriesLabelPosition,
    prelude::{
        BLACK, ChartBuilder, Circle, Color, IntoDrawingArea, IntoLogRange, LineSeries, PathElement, RGBColor,
        SVGBackend, WHITE,
    },
};

use crate::growth::Growth;

const COLOURS: [RGBColor; 3] = [
    RGBColor(31, 111, 235),
    RGBColor(191, 97, 38),
    RGBColor(110, 119, 129),
];

/// Cost against number, both in powers of ten.
///
/// # Errors
///
/// What the plotting library says.
pub(super) fn growth(growth: &Growth) -> Result<String, String> {
    let points = || {
        growth
            .series
            .iter()
            .flat_map(|series| series.points.iter().copied())
    };
    let low = |of: fn((f64, f64)) -> f64| points().map(of).fold(f64::INFINITY, f64::min);
    let high = |of: fn((f64, f64)) -> f64| points().map(of).fold(0.0, f64::max);
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (720, 380)).into_drawing_area();
        area.fill(&WHITE).map_err(|error| error.to_string())?;
        let (x, y) = (|p: (f64, f64)| p.0, |p: (f64, f64)| p.1);
        let mut chart = ChartBuilder::on(&area)
            .margin(14)
            .x_label_area_size(42)
            .y_label_area_size(64)
            .build_cartesian_2d(
                (low(x)..high(x) * 1.05).log_scale(),
                (low(y) * 0.7..high(y) * 1.4).log_scale(),
            )
            .map_err(|error| error.to_string())?;
        chart
            .configure_mesh()
            .x_desc(growth.along)
            .y_desc(growth.unit)
            .light_line_style(WHITE)
            .draw()
            .map_err(|error| error.to_string())?;
        for (series, colour) in growth.series.iter().zip(COLOURS) {
            chart
                .draw_series(LineSeries::new(
                    series.points.iter().copied(),
                    colour.stroke_width(2),
                ))
                .map_err(|error| error.to_string())?
                .label(series.name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
            let dots = series
                .points
                .iter()
                .map(|point| Circle::new(*point, 3, colour.filled()));
            chart.draw_series(dots).map_err(|error| error.to_string())?;
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperRight)
            .border_style(BLACK.mix(0.2))
            .background_style(WHITE)
            .draw()
            .map_err(|error| error.to_string())?;
        area.present().map_err(|error| error.to_string())?;
    }
    Ok(text)
}
