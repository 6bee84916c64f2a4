//! The one table: each goal a row.

use super::{JobResult, Results, results::Entry};
use crate::{
    compile::{self, Compile, Kind, Step},
    growth::Growth,
    harness::{Against, Goal, Role},
    sizes::{self, Sizes},
};

/// Whether a goal was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was.
    Met,
    /// It was not.
    Missed,
    /// Not judged in this run.
    Open,
}

impl Verdict {
    /// One word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Open => "-",
        }
    }
}

/// One goal, and how it came out.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is done.
    pub job: String,
    /// Of the three numbers.
    pub unit: &'static str,
    /// etiquette.
    pub ours: f64,
    /// By hand.
    pub hand: Option<f64>,
    /// The fastest of the peers that do as much, or else of those that do less.
    pub peer: Option<(String, f64)>,
    /// What the goal is about.
    pub ratio: f64,
    /// What was to be reached.
    pub goal: String,
    /// Whether it was.
    pub verdict: Verdict,
    /// Whether the design lists it.
    pub listed: bool,
}

/// The rows of all that was measured: those that the design lists first.
#[must_use]
pub fn rows(results: &Results) -> Vec<Row> {
    let mut rows = Vec::new();
    for job in &results.jobs {
        rows.extend(
            job.goals
                .iter()
                .filter_map(|goal| of_job(job, *goal, results.quick)),
        );
    }
    rows.extend(allocations(&results.jobs));
    let [_, large] = &results.sizes;
    rows.extend(of_sizes(large));
    rows.extend(
        results
            .growth
            .iter()
            .map(|growth| of_growth(growth, results.quick)),
    );
    rows.extend(of_memory(&results.memory));
    if let Some(compile) = &results.compile {
        rows.extend(of_compile(compile));
    }
    rows.sort_by_key(|row| !row.listed);
    rows
}

fn judge(ratio: f64, at_most: f64) -> Verdict {
    if ratio <= at_most {
        Verdict::Met
    } else {
        Verdict::Missed
    }
}

fn fastest(entries: &[Entry], role: Role) -> Option<&Entry> {
    let found = entries.iter().filter(|entry| entry.role == role);
    found.min_by(|a, b| a.times.typical().total_cmp(&b.times.typical()))
}

fn of_job(job: &JobResult, goal: Goal, quick: bool) -> Option<Row> {
    let entries = &job.entries;
    let ours = fastest(entries, Role::Ours)?;
    let hand = fastest(entries, Role::Hand);
    let peer = fastest(entries, Role::Peer).map(|peer| (peer.name.to_owned(), peer));
    let less = || fastest(entries, Role::Less).map(|peer| (format!("{}, does less", peer.name), peer));
    let (other, words) = match goal.against {
        Against::Hand => (hand?, "hand".to_owned()),
        Against::BestPeer => (fastest(entries, Role::Peer)?, "best peer".to_owned()),
        Against::Named(name) => (entries.iter().find(|entry| entry.name == name)?, name.to_owned()),
    };
    let ratio = ours.times.ratio(&other.times);
    Some(Row {
        job: job.title.to_owned(),
        unit: "ns",
        ours: ours.times.typical(),
        hand: hand.map(|hand| hand.times.typical()),
        peer: peer
            .or_else(less)
            .map(|(name, peer)| (name, peer.times.typical())),
        ratio,
        goal: format!("≤ {} × {words}", goal.at_most),
        verdict: if quick {
            Verdict::Open
        } else {
            judge(ratio, goal.at_most)
        },
        listed: goal.listed,
    })
}

/// The most that any job whose body is ready at once allocates.
fn allocations(jobs: &[JobResult]) -> Option<Row> {
    let most = |role: Role| {
        let ready = jobs.iter().filter(|job| job.id.ends_with("-ready"));
        let entries = ready
            .flat_map(|job| &job.entries)
            .filter(|entry| entry.role == role);
        entries
            .filter_map(|entry| entry.allocations)
            .max_by(f64::total_cmp)
    };
    let ours = most(Role::Ours)?;
    Some(Row {
        job: "heap allocations, body ready, any layer".to_owned(),
        unit: "per call",
        ours,
        hand: most(Role::Hand),
        peer: None,
        ratio: f64::NAN,
        goal: "0".to_owned(),
        verdict: judge(ours, 0.0),
        listed: true,
    })
}

#[allow(clippy::cast_precision_loss, reason = "bytes far below 2^52")]
fn of_sizes(sizes: &Sizes) -> Vec<Row> {
    let body = sizes.of(sizes::BODY) as f64;
    let mut rows: Vec<Row> = sizes::LAYERS
        .iter()
        .map(|layer| {
            let ours = sizes.of(layer) as f64;
            let peer = match *layer {
                "with_timeout" => "tokio::time::timeout",
                "cancellable" => "with_cancellation_token",
                "retry" => "backon",
                _ => "tracing",
            };
            Row {
                job: format!("future with 1 KiB: {layer}, over the body"),
                unit: "bytes",
                ours: ours - body,
                hand: None,
                peer: Some((peer.to_owned(), sizes.of(peer) as f64 - body)),
                ratio: f64::NAN,
                goal: "≤ 160".to_owned(),
                verdict: judge(ours - body, 160.0),
                listed: true,
            }
        })
        .collect();
    let (ours, hand) = (
        sizes.of(sizes::STACK) as f64 - body,
        sizes.of(sizes::HAND) as f64 - body,
    );
    rows.push(Row {
        job: "future with 1 KiB: full stack, over the body".to_owned(),
        unit: "bytes",
        ours,
        hand: Some(hand),
        peer: None,
        ratio: ours / hand,
        goal: "≤ 0.8 × hand".to_owned(),
        verdict: judge(ours / hand, 0.8),
        listed: true,
    });
    rows
}

fn of_growth(growth: &Growth, quick: bool) -> Row {
    let last = |at: usize| {
        growth
            .series
            .get(at)
            .and_then(|series| series.points.last())
            .copied()
    };
    let (along, ours) = last(0).unwrap_or((f64::NAN, f64::NAN));
    let peer = growth.series.get(2);
    Row {
        job: format!("{}; {} {along}", growth.title, growth.along),
        unit: growth.unit,
        ours,
        hand: last(1).map(|(_, cost)| cost),
        peer: peer.and_then(|peer| Some((peer.name.to_owned(), peer.points.last()?.1))),
        ratio: growth.last(),
        goal: "≤ 1 × hand".to_owned(),
        verdict: if quick {
            Verdict::Open
        } else {
            judge(growth.last(), 1.0)
        },
        listed: false,
    }
}

fn of_memory(memory: &[(String, String, f64)]) -> Vec<Row> {
    let find = |kind: &str, name: &str| {
        let found = memory.iter().find(|(known, who, _)| known == kind && who == name);
        found.map(|(_, _, bytes)| *bytes)
    };
    let kinds = memory.iter().filter(|(_, who, _)| who == "etiquette");
    kinds
        .filter_map(|(kind, _, ours)| {
            let hand = find(kind, "hand")?;
            let peer = "with_cancellation_token";
            Some(Row {
                job: format!("memory: {}", kind.to_lowercase()),
                unit: "bytes each",
                ours: *ours,
                hand: Some(hand),
                peer: find(kind, peer).map(|bytes| (peer.to_owned(), bytes)),
                ratio: ours / hand,
                goal: "≤ 1 × hand".to_owned(),
                verdict: judge(ours / hand, 1.0),
                listed: false,
            })
        })
        .collect()
}

fn of_compile(compile: &Compile) -> Vec<Row> {
    let seconds = |kind| compile.seconds(Step::Check, kind);
    let plain = seconds(Kind::Plain);
    let layers = [
        (Kind::Timeout, Some(Kind::TimeoutHand), Some(0.4)),
        (Kind::Cancel, Some(Kind::CancelHand), Some(0.4)),
        (Kind::Retry, Some(Kind::RetryHand), Some(0.4)),
        (Kind::Span, Some(Kind::SpanHand), Some(0.4)),
        // What a layer cannot do without.
        (Kind::Block, None, None),
        // A whole engine of rules looks at the function: it may cost what a span does.
        (Kind::Conventions, None, Some(1.0)),
    ];
    let mut rows: Vec<Row> = layers
        .into_iter()
        .map(|(kind, hand, goal)| {
            let against = (Kind::Tracing, Kind::Plain);
            let ratio = compile.ratio(Step::Check, (kind, Kind::Plain), against);
            Row {
                job: format!("cargo check, 1 000 fns, {}: over plain", kind.title()),
                unit: "s",
                ours: seconds(kind) - plain,
                hand: hand.map(|hand| seconds(hand) - plain),
                peer: Some(("tracing".to_owned(), seconds(Kind::Tracing) - plain)),
                ratio,
                goal: goal.map_or_else(
                    || "-".to_owned(),
                    |goal| format!("≤ {goal} × #[tracing::instrument]"),
                ),
                verdict: goal.map_or(Verdict::Open, |goal| judge(ratio, goal)),
                listed: goal.is_some(),
            }
        })
        .collect();
    for step in [Step::Check, Step::Build] {
        let (ours, hand) = (
            compile.seconds(step, Kind::Three),
            compile.seconds(step, Kind::Hand),
        );
        rows.push(Row {
            job: format!("cargo {}, 1 000 fns, three layers", step.name()),
            unit: "s",
            ours,
            hand: Some(hand),
            peer: None,
            ratio: ours / hand,
            goal: if step == Step::Check {
                "≤ 0.8 × hand"
            } else {
                "-"
            }
            .to_owned(),
            verdict: match step {
                Step::Check => judge(ours / hand, 0.8),
                Step::Build => Verdict::Open,
            },
            listed: step == Step::Check,
        });
    }
    rows.extend(of_cold(compile));
    rows
}

fn of_cold(compile: &Compile) -> Option<Row> {
    let find = |name: &str| compile.cold.iter().find(|cold| cold.name == name);
    let (base, ours) = (find(compile::BASE)?, find(compile::OURS)?);
    let peer = find("+ backon")?;
    Some(Row {
        job: "cold build, over tokio and tokio-util".to_owned(),
        unit: "s",
        ours: ours.wall - base.wall,
        hand: None,
        peer: Some(("backon".to_owned(), peer.wall - base.wall)),
        ratio: ours.wall / base.wall,
        goal: "≤ + 1.5 s".to_owned(),
        verdict: judge(ours.wall - base.wall, 1.5),
        listed: true,
    })
}
