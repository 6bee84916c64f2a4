//! What is counted under one name. A handle is asked for once, and kept, since to ask a recorder for one is a search in a
//! map; but a recorder of the thread's, which a test may install for a moment, is asked each time.

use std::{borrow::Cow, sync::OnceLock, time::Duration};

use metrics::{Counter, Gauge, Histogram, Key, Label, Level, Metadata, Recorder};

use super::{
    listener::Listener,
    table::{Id, Kind, METRICS, Metric},
    with_listener,
};

/// A handle of any kind.
#[derive(Debug)]
enum Handle {
    Counter(Counter),
    Gauge(Gauge),
    Histogram(Histogram),
}

/// One for each metric and each value of its label.
const CELLS: usize = first_cell(METRICS_LEN);
const METRICS_LEN: usize = METRICS.len();

/// The handles of one operation, circuit or queue.
#[derive(Debug)]
pub(crate) struct Handles {
    of: Cow<'static, str>,
    cells: [OnceLock<Handle>; CELLS],
}

impl Handles {
    pub(super) const fn new(of: Cow<'static, str>) -> Self {
        Self {
            of,
            cells: [const { OnceLock::new() }; CELLS],
        }
    }

    /// A call begins.
    #[inline]
    pub(crate) fn call_began(&self) {
        self.add(Id::InFlight, "", 1.0);
    }

    /// A call is over.
    pub(crate) fn call_ended(&self, outcome: &'static str, elapsed: Duration) {
        with_listener(|listener| {
            self.update(listener, Id::InFlight, "", |handle| handle.add(-1.0));
            self.update(listener, Id::Calls, outcome, Handle::count);
            self.update(listener, Id::CallSeconds, "", |handle| handle.record(elapsed));
        });
    }

    pub(super) fn count(&self, id: Id, value: &str) {
        with_listener(|listener| self.update(listener, id, value, Handle::count));
    }

    #[inline]
    pub(super) fn add(&self, id: Id, value: &str, more: f64) {
        with_listener(|listener| self.update(listener, id, value, |handle| handle.add(more)));
    }

    pub(super) fn set(&self, id: Id, value: &str, to: f64) {
        with_listener(|listener| self.update(listener, id, value, |handle| handle.set(to)));
    }

    pub(super) fn record(&self, id: Id, value: &str, time: Duration) {
        with_listener(|listener| self.update(listener, id, value, |handle| handle.record(time)));
    }

    #[inline]
    fn update(&self, listener: Listener<'_>, id: Id, value: &str, change: impl FnOnce(&Handle)) {
        let metric = &METRICS[id as usize];
        let of_value = metric.values.iter().position(|known| *known == value);
        // What is in no table is not counted: the sets of labels are closed.
        let (value, at) = match of_value {
            Some(at) => (value, at),
            None if metric.values.is_empty() => ("", 0),
            None => return,
        };
        match listener {
            Listener::Nobody => {}
            Listener::Global(recorder) => {
                if let Some(cell) = self.cells.get(first(id) + at) {
                    change(cell.get_or_init(|| Handle::register(recorder, metric, self.of.clone(), value)));
                }
            }
            Listener::Local(recorder) => change(&Handle::register(recorder, metric, self.of.clone(), value)),
        }
    }
}

impl Handle {
    #[cold]
    fn register(recorder: &dyn Recorder, metric: &Metric, of: Cow<'static, str>, value: &str) -> Self {
        static ABOUT: Metadata<'static> = Metadata::new("etiquette", Level::INFO, Some("etiquette"));
        let mut labels = vec![Label::new(metric.by, of)];
        // The static one: `value` is equal to it.
        let values = metric.values.iter().find(|known| **known == value);
        labels.extend(values.map(|value| Label::from_static_parts(metric.label, value)));
        let key = Key::from_parts(metric.name, labels);
        match metric.kind {
            Kind::Counter => Self::Counter(recorder.register_counter(&key, &ABOUT)),
            Kind::Gauge => Self::Gauge(recorder.register_gauge(&key, &ABOUT)),
            Kind::Histogram => Self::Histogram(recorder.register_histogram(&key, &ABOUT)),
        }
    }

    fn count(&self) {
        if let Self::Counter(counter) = self {
            counter.increment(1);
        }
    }

    fn add(&self, more: f64) {
        if let Self::Gauge(gauge) = self {
            gauge.increment(more);
        }
    }

    fn set(&self, to: f64) {
        if let Self::Gauge(gauge) = self {
            gauge.set(to);
        }
    }

    fn record(&self, time: Duration) {
        if let Self::Histogram(histogram) = self {
            histogram.record(time.as_secs_f64());
        }
    }
}

/// Where the cells of a metric begin.
#[inline]
const fn first(id: Id) -> usize {
    const FIRST: [usize; METRICS_LEN] = {
        let mut first = [0; METRICS_LEN];
        let mut at = 0;
        while at < METRICS_LEN {
            first[at] = first_cell(at);
            at += 1;
        }
        first
    };
    FIRST[id as usize]
}

const fn first_cell(metric: usize) -> usize {
    let (mut at, mut cells) = (0, 0);
    while at < metric {
        cells += match METRICS[at].values.len() {
            0 => 1,
            values => values,
        };
        at += 1;
    }
    cells
}
