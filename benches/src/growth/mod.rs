//! What a call costs when there are many, or when they are deep.

mod depth;
mod pending;

pub use self::{
    depth::depths,
    pending::{Pending, memory, pending},
};

/// One line of a plot.
#[derive(Clone, Debug)]
pub struct Series {
    /// Whose it is.
    pub name: &'static str,
    /// What it was measured at, and what it cost.
    pub points: Vec<(f64, f64)>,
}

/// A plot, and the table of the same numbers.
#[derive(Clone, Debug)]
pub struct Growth {
    /// What it shows.
    pub title: &'static str,
    /// What is counted along the bottom.
    pub along: &'static str,
    /// The unit of the costs.
    pub unit: &'static str,
    /// Ours first, then that by hand.
    pub series: Vec<Series>,
}

impl Growth {
    /// The largest of our costs over that of the other at the same place.
    #[must_use]
    pub fn worst(&self) -> f64 {
        let [ours, hand, ..] = self.series.as_slice() else {
            return f64::NAN;
        };
        let ratios = ours.points.iter().zip(&hand.points).map(|(a, b)| a.1 / b.1);
        ratios.fold(0.0, f64::max)
    }

    /// Our cost over that of the other, at the far end.
    #[must_use]
    pub fn last(&self) -> f64 {
        let [ours, hand, ..] = self.series.as_slice() else {
            return f64::NAN;
        };
        match (ours.points.last(), hand.points.last()) {
            (Some(a), Some(b)) => a.1 / b.1,
            _ => f64::NAN,
        }
    }
}
