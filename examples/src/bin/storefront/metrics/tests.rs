//! A small trial, scraped over TCP while nobody looks away: the names and labels are those that the page of
//! `etiquette::telemetry` promises, and the numbers are those that the shop itself has counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::ProgressBar;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::cli::Plan;
use crate::shop::Style;
use crate::trial::Trial;

/// A second of customers, and half of one without payments. In real time: sockets have no other.
const PLAN: Plan = Plan {
    seed: 7,
    paced: 60,
    pace: Duration::from_millis(20),
    crowd: 40,
    crowd_after: 10,
    outage_at: Duration::from_millis(500),
    outage: Duration::from_millis(500),
    customers: 110,
    patience: Duration::from_secs(3),
};

#[tokio::test(flavor = "multi_thread")]
async fn a_scrape_shows_what_the_shop_has_counted() -> anyhow::Result<()> {
    let _alone = crate::ALONE.lock().await;
    let server = serve(install()?).await?;
    let folder = tempfile::tempdir()?;
    let stop = CancellationToken::new();
    let trial = Trial::run(
        Style::Annotated,
        PLAN,
        folder.path(),
        &stop,
        ProgressBar::hidden(),
    )
    .await?;
    assert!(trial.lost_nothing());
    let scrape = Scrape::of(&server).await?;
    server.stop().await?;

    labels_are_closed(&scrape);
    numbers_agree(&scrape, &trial);
    Ok(())
}

/// Each name is in the table of the page, and so is whatever its second label says.
fn labels_are_closed(scrape: &Scrape) {
    let page = include_str!("../../../../../runtime/src/guide/telemetry.md");
    let quoted = |cell: &str| -> Vec<String> {
        let words = cell.split('`').skip(1).step_by(2);
        words.map(str::to_owned).collect()
    };
    let table: BTreeMap<String, Vec<String>> = page
        .lines()
        .filter(|line| line.starts_with("| `etiquette_"))
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            (quoted(cells[1]).remove(0), quoted(cells[3]))
        })
        .collect();
    for (name, all) in &scrape.0 {
        let metric = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name);
        let labels = table
            .get(metric)
            .unwrap_or_else(|| panic!("{name} is not on the page"));
        for series in all {
            let mut found = series.labels.clone();
            found.remove("le");
            assert!(found.remove(&labels[0]).is_some(), "{series:?}");
            match labels.get(1) {
                Some(label) => {
                    let value = found.remove(label).unwrap_or_default();
                    assert!(labels[2..].contains(&value), "{name}: {value}");
                }
                None => assert!(labels.len() == 1),
            }
            assert!(found.is_empty(), "{series:?}");
        }
    }
    let operations: BTreeSet<&str> = scrape
        .0
        .values()
        .flatten()
        .filter_map(|series| series.labels.get("operation"))
        .map(|operation| operation.rsplit("::").next().unwrap_or(operation))
        .collect();
    assert!(operations.is_superset(&["page", "place", "charge", "reserve", "instalments"].into()));
}

fn numbers_agree(scrape: &Scrape, trial: &Trial) {
    let tally = &trial.tally;
    let read = |counters: &[&AtomicU64]| -> u64 {
        let counters = counters.iter().map(|counter| counter.load(Ordering::Relaxed));
        counters.sum()
    };
    let retries = |reason| scrape.sum("etiquette_retries_total", &[("reason", reason)]);
    assert_eq!(retries("timed_out"), read(&[&tally.after_timeout]));
    assert_eq!(
        retries("error") + retries("hint"),
        read(&[&tally.after_busy, &tally.after_broken])
    );
    assert!(retries("error") + retries("hint") > 0, "nothing was tried again");

    let of_price = [("operation", "price")];
    assert_eq!(
        scrape.sum("etiquette_hedges_total", &of_price),
        read(&[&tally.hedges])
    );
    assert_eq!(
        scrape.sum("etiquette_hedge_wins_total", &of_price),
        read(&[&tally.hedges_won])
    );

    let refused = |operation, reason| {
        scrape.sum(
            "etiquette_refusals_total",
            &[("operation", operation), ("reason", reason)],
        )
    };
    assert_eq!(refused("charge", "circuit_open"), read(&[&tally.refused_open]));
    assert_eq!(
        refused("instalments", "circuit_open"),
        read(&[&tally.left_out_open])
    );
    assert_eq!(refused("reserve", "at_capacity"), read(&[&tally.refused_full]));
    assert_eq!(refused("charge", "rate_limited"), read(&[&tally.refused_rate]));
    assert_eq!(
        refused("instalments", "rate_limited"),
        read(&[&tally.left_out_rate])
    );
    assert!(
        refused("instalments", "circuit_open") > 0,
        "the circuit refused nobody"
    );
    let left_out = [
        &tally.left_out_open,
        &tally.left_out_rate,
        &tally.left_out_slow,
        &tally.left_out_failed,
    ];
    assert_eq!(
        scrape.sum("etiquette_fallbacks_total", &[("operation", "instalments")]),
        read(&left_out)
    );

    let to = |state| {
        scrape.sum(
            "etiquette_circuit_transitions_total",
            &[("circuit", "payments"), ("to", state)],
        )
    };
    assert!(to("open") > 0 && to("half_open") > 0);
    assert_eq!(
        scrape.sum("etiquette_circuit_state", &[("circuit", "payments")]),
        1,
        "it is in one state"
    );

    let pages = [("operation", "page")];
    let calls = scrape.sum("etiquette_calls_total", &pages);
    assert_eq!(calls, trial.looks.len() as u64);
    assert_eq!(scrape.sum("etiquette_call_seconds_count", &pages), calls);
    assert_eq!(scrape.sum("etiquette_in_flight", &[]), 0, "everybody has left");
    assert_eq!(scrape.sum("etiquette_waiting", &[]), 0, "nobody is in line");
}
