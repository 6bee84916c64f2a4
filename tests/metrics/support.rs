//! A recorder of the facade's for one test, and what it holds as lines: `name{label="value"} 3`.

use metrics::LocalRecorderGuard;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

/// Counts what happens on this thread for as long as it lives.
pub(crate) struct Counts {
    snapshotter: Snapshotter,
    _guard: LocalRecorderGuard<'static>,
}

impl Counts {
    pub(crate) fn install() -> Self {
        let recorder: &'static DebuggingRecorder = Box::leak(Box::default());
        Self {
            snapshotter: recorder.snapshotter(),
            _guard: metrics::set_default_local_recorder(recorder),
        }
    }

    /// What was counted since the last look, but what is zero. Gauges too begin anew.
    pub(crate) fn take(&self) -> Vec<String> {
        lines(&self.snapshotter)
    }

    /// The same of one metric.
    pub(crate) fn of(&self, metric: &str) -> Vec<String> {
        let mut lines = self.take();
        lines.retain(|line| line.starts_with(metric));
        lines
    }
}

/// A histogram is shown by its values, in seconds.
pub(crate) fn lines(of: &Snapshotter) -> Vec<String> {
    let mut lines: Vec<String> = of
        .snapshot()
        .into_vec()
        .into_iter()
        .filter_map(|(key, _, _, value)| {
            let (_, key) = key.into_parts();
            let labels = key.labels();
            let labels: Vec<String> = labels
                .map(|label| format!("{}={}", label.key(), short(label.value())))
                .collect();
            let value = match value {
                DebugValue::Counter(count) => count.to_string(),
                DebugValue::Gauge(value) => value.to_string(),
                DebugValue::Histogram(values) => {
                    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                    values.join(" ")
                }
            };
            let is_none = value.is_empty() || value == "0";
            (!is_none).then(|| format!("{}{{{}}} {value}", key.name(), labels.join(",")))
        })
        .collect();
    lines.sort();
    lines
}

/// An operation without its module, which is that of the test.
fn short(name: &str) -> &str {
    match name.rsplit_once("::") {
        Some((_, last)) => last,
        None => name,
    }
}
