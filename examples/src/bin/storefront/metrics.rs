//! What the attributes count, on a port of its own, as Prometheus reads it; and a scrape of that, read as Prometheus does.

use std::collections::BTreeMap;

use anyhow::Context as _;
use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::serve::Server;

/// The upper ends of the buckets that times are counted in, in seconds.
const BUCKETS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

/// Counts from now on, in this process.
pub(crate) fn install() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .context("choosing the buckets")?
        .install_recorder()
        .context("installing the metrics recorder")?;
    etiquette::telemetry::describe_metrics();
    Ok(handle)
}

/// Serves `GET /metrics` on a free port.
pub(crate) async fn serve(handle: PrometheusHandle) -> anyhow::Result<Server> {
    let show = move || {
        let text = handle.render();
        async move { ([("content-type", "text/plain; version=0.0.4")], text) }
    };
    let router = Router::new().route("/metrics", get(show));
    Server::start("metrics", |on, stop| {
        axum::serve(on, router)
            .with_graceful_shutdown(stop.cancelled_owned())
            .into_future()
    })
    .await
}

/// One series: its labels, and the value that it has.
#[derive(Debug)]
pub(crate) struct Series {
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) value: f64,
}

/// All that one scrape found, by the names of the metrics.
#[derive(Debug)]
pub(crate) struct Scrape(pub(crate) BTreeMap<String, Vec<Series>>);

impl Scrape {
    /// Asks over TCP, as a scraper would.
    pub(crate) async fn of(server: &Server) -> anyhow::Result<Self> {
        let url = format!("{}/metrics", server.url());
        let asking = || format!("asking {url}");
        // A connection that is kept would keep the server from closing.
        let request = reqwest::Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .build()?;
        let answer = request.get(&url).send().await.with_context(asking)?;
        let text = answer.error_for_status()?.text().await.with_context(asking)?;
        Self::read(&text)
    }

    fn read(text: &str) -> anyhow::Result<Self> {
        let mut series = BTreeMap::<String, Vec<Series>>::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (what, value) = line
                .rsplit_once(' ')
                .with_context(|| format!("no value in {line}"))?;
            let (name, labels) = match what.split_once('{') {
                Some((name, labels)) => (name, labels.strip_suffix('}').unwrap_or(labels)),
                None => (what, ""),
            };
            let labels = labels.split("\",").filter_map(|label| label.split_once("=\""));
            series.entry(name.to_owned()).or_default().push(Series {
                labels: labels
                    .map(|(label, value)| (label.to_owned(), value.trim_end_matches('"').to_owned()))
                    .collect(),
                value: value.parse().with_context(|| format!("no number in {line}"))?,
            });
        }
        Ok(Self(series))
    }

    /// The sum of the series of `metric` that carry these labels. An operation may be named by its end.
    pub(crate) fn sum(&self, metric: &str, labels: &[(&str, &str)]) -> u64 {
        let carries = |series: &&Series| {
            labels.iter().all(|(label, wanted)| {
                let found = series.labels.get(*label).map_or("", String::as_str);
                found == *wanted || found.ends_with(&format!("::{wanted}"))
            })
        };
        let series = self.0.get(metric).map(Vec::as_slice).unwrap_or_default();
        series
            .iter()
            .filter(carries)
            .map(|series| series.value as u64)
            .sum()
    }
}

#[cfg(test)]
mod tests;
