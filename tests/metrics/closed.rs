//! That the page of `etiquette::telemetry` lists what recorders are told of: the same names, kinds and labels.

use std::collections::BTreeMap;
use std::sync::Mutex;

use etiquette::telemetry::describe_metrics;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

const PAGE: &str = include_str!("../../runtime/src/guide/telemetry.md");

/// What is in one row: the kind, and the words in the column of labels.
type Row = (String, Vec<String>);

fn page() -> BTreeMap<String, Row> {
    let quoted = |cell: &str| -> Vec<String> {
        let words = cell.split('`').skip(1).step_by(2);
        words.map(str::to_owned).collect()
    };
    PAGE.lines()
        .filter(|line| line.starts_with("| `etiquette_"))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            (
                quoted(cells[1]).remove(0),
                (cells[2].to_owned(), quoted(cells[3])),
            )
        })
        .collect()
}

/// Keeps what it is told of each metric before it is used.
#[derive(Default)]
struct Described(Mutex<BTreeMap<String, &'static str>>);

impl Described {
    fn keep(&self, name: &KeyName, kind: &'static str, unit: Option<Unit>, help: &SharedString) {
        assert!(unit.is_some() && !help.is_empty(), "{name:?}");
        let before = self.0.lock().unwrap().insert(name.as_str().to_owned(), kind);
        assert_eq!(before, None, "{name:?} twice");
    }
}

impl Recorder for Described {
    fn describe_counter(&self, name: KeyName, unit: Option<Unit>, help: SharedString) {
        self.keep(&name, "counter", unit, &help);
    }

    fn describe_gauge(&self, name: KeyName, unit: Option<Unit>, help: SharedString) {
        self.keep(&name, "gauge", unit, &help);
    }

    fn describe_histogram(&self, name: KeyName, unit: Option<Unit>, help: SharedString) {
        self.keep(&name, "histogram", unit, &help);
    }

    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::noop()
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[test]
fn the_page_lists_the_metrics_that_there_are() {
    let described = Described::default();
    metrics::with_local_recorder(&described, describe_metrics);
    let described = described.0.into_inner().unwrap();
    let page: BTreeMap<String, String> = page().into_iter().map(|(name, (kind, _))| (name, kind)).collect();
    assert!(page.len() >= 20);
    assert!(
        page.iter()
            .map(|(name, kind)| (&**name, &**kind))
            .eq(described.iter().map(|(name, kind)| (&**name, *kind)))
    );
}

#[test]
fn each_metric_has_an_owner_and_at_most_one_more_label() {
    for (name, (_, labels)) in page() {
        assert!(["operation", "circuit", "queue"].contains(&&*labels[0]), "{name}");
        assert_ne!(labels.len(), 2, "{name}: a label without values");
        assert_ne!(labels.len(), 3, "{name}: a label that says nothing");
    }
    assert_eq!(
        page()["etiquette_calls_total"].1.join(" "),
        "operation outcome ok error timed_out cancelled refused dropped panicked"
    );
}
