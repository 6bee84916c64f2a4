//! How often a stack runs its body, and how long one call may take: what the literals of its attributes say.
//!
//! From the body outwards. The body itself may take forever, so only a limit makes a bound; each layer around it keeps
//! the bound, multiplies it, adds its waits, or replaces it by its own limit.

use std::time::Duration;

use super::literal::{Args, duration, integer, number, word};
use super::model::{Layer, Runs};

/// What is known of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// How often the body runs at most.
    pub(super) runs: Runs,
    /// How long a call takes at most; `None` where no literal limits it.
    pub(super) worst: Option<Duration>,
    /// The same when every failure asks for the longest wait that a retry grants (`Class::TransientAfter`).
    pub(super) with_hints: Option<Duration>,
}

/// From the whole stack, outermost layer first.
pub(super) fn of(layers: &[Layer]) -> Bound {
    let mut bound = Bound {
        runs: Runs::ONCE,
        worst: None,
        with_hints: None,
    };
    for layer in layers.iter().rev() {
        bound = around(bound, layer.name, &Args::of(&layer.args));
    }
    bound
}

fn around(inner: Bound, name: &str, args: &Args) -> Bound {
    let each = |change: &dyn Fn(Option<Duration>) -> Option<Duration>| Bound {
        worst: change(inner.worst),
        with_hints: change(inner.with_hints),
        ..inner
    };
    match name {
        "with_timeout" => {
            let limit = args.bare().find_map(duration);
            each(&|inner| match (inner, limit) {
                (Some(inner), Some(limit)) => Some(inner.min(limit)),
                (one, other) => one.or(other),
            })
        }
        "retry" => retry(inner, args),
        "hedge" => {
            let runs = args.value("attempts").map_or(Some(2), integer);
            let after = args.value("after").and_then(duration);
            let later = || after?.checked_mul(u32::try_from(runs?.saturating_sub(1)).ok()?);
            let bound = each(&|inner| inner?.checked_add(later()?));
            Bound {
                runs: inner
                    .runs
                    .times(runs.map_or(Runs::Unknown, |n| Runs::AtMost(n.max(1)))),
                ..bound
            }
        }
        "rate_limit" | "concurrency_limit" => {
            let wait = match args.value("wait") {
                Some(value) if word(value).as_deref() == Some("none") => Some(Duration::ZERO),
                value => value.and_then(duration),
            };
            each(&|inner| inner?.checked_add(wait?))
        }
        _ => inner,
    }
}

/// `attempts × inner + the pauses`, and no attempt later than `max_elapsed`.
fn retry(inner: Bound, args: &Args) -> Bound {
    let from_value = args.value("policy").is_some();
    let attempts = match args.value("attempts") {
        None if from_value => Runs::Unknown,
        None => Runs::AtMost(3),
        Some(value) if word(value).as_deref() == Some("forever") => Runs::Forever,
        Some(value) => integer(value).map_or(Runs::Unknown, |n| Runs::AtMost(n.max(1))),
    };
    let max_elapsed = args.value("max_elapsed").and_then(duration);
    let hint = match args.value("max_hint") {
        Some(value) => duration(value),
        None => (!from_value).then_some(Duration::from_secs(60)),
    };
    let total = |inner: Option<Duration>, hinted: bool| {
        let inner = inner?;
        let by_count = match attempts {
            Runs::AtMost(n) => pauses(args, n).and_then(|pauses| {
                let pauses = match hinted {
                    true => pauses.max(hint?.checked_mul(u32::try_from(n - 1).ok()?)?),
                    false => pauses,
                };
                inner.checked_mul(u32::try_from(n).ok()?)?.checked_add(pauses)
            }),
            _ => None,
        };
        let by_time = max_elapsed.and_then(|elapsed| elapsed.checked_add(inner));
        match (by_count, by_time) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        }
    };
    Bound {
        runs: inner.runs.times(attempts),
        worst: total(inner.worst, false),
        with_hints: total(inner.with_hints, true),
    }
}

/// The longest that the pauses between so many attempts can be together.
fn pauses(args: &Args, attempts: u64) -> Option<Duration> {
    if ["backoff", "policy"].iter().any(|key| args.value(key).is_some()) {
        return None;
    }
    // More than anybody writes; a loop need not be longer.
    let gaps = attempts.saturating_sub(1).min(100_000);
    let jitter = args
        .value("jitter")
        .map(|value| word(value).map_or_else(|| number(value), |_| Some(0.0)));
    let (constant, delays) = (args.list("constant"), args.list("delays"));
    // `full`, `equal` and `none` never lengthen a pause; a part does.
    let longer = 1.0 + jitter.unwrap_or(Some(if constant.is_some() { 0.2 } else { 0.0 }))?;
    let sum = if let Some(constant) = constant {
        let delay = constant.bare().find_map(duration)?;
        delay.checked_mul(u32::try_from(gaps).ok()?)?
    } else if let Some(delays) = delays {
        let delays: Vec<Duration> = delays.bare().map(duration).collect::<Option<_>>()?;
        let last = *delays.last()?;
        let mut each = delays
            .iter()
            .copied()
            .chain(std::iter::repeat(last))
            .take(usize::try_from(gaps).ok()?);
        each.try_fold(Duration::ZERO, |sum, delay| sum.checked_add(delay))?
    } else {
        let schedule = args.list("exponential");
        let (first, factor, max) = match &schedule {
            None => (Duration::from_millis(100), 2.0, Duration::from_secs(10)),
            Some(schedule) => {
                let first = schedule.bare().next().and_then(duration)?;
                let factor = schedule.value("factor").map_or(Some(2.0), number)?;
                let usual = Duration::from_secs(10).max(first);
                (
                    first,
                    factor,
                    schedule.value("max").map_or(Some(usual), duration)?,
                )
            }
        };
        let (mut sum, mut delay) = (Duration::ZERO, first.min(max));
        for _ in 0..gaps {
            // The jitter of a growing pause never lifts it above `max`.
            sum = sum.checked_add(
                Duration::try_from_secs_f64(delay.as_secs_f64() * longer)
                    .ok()?
                    .min(max),
            )?;
            delay = Duration::try_from_secs_f64(delay.as_secs_f64() * factor)
                .unwrap_or(max)
                .min(max);
        }
        return Some(sum);
    };
    Duration::try_from_secs_f64(sum.as_secs_f64() * longer).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(stack: &[(&'static str, &str)]) -> (Runs, Option<u128>, Option<u128>) {
        let layer = |(name, args): &(&'static str, &str)| Layer {
            name,
            args: args.parse().unwrap(),
            from_defaults: false,
        };
        let bound = of(&stack.iter().map(layer).collect::<Vec<_>>());
        let millis = |duration: Option<Duration>| duration.map(|duration| duration.as_millis());
        (bound.runs, millis(bound.worst), millis(bound.with_hints))
    }

    #[test]
    fn a_limit_is_the_worst_case() {
        assert_eq!(
            bound(&[("with_timeout", "30s")]),
            (Runs::ONCE, Some(30_000), Some(30_000))
        );
        assert_eq!(bound(&[("with_timeout", "LIMIT")]), (Runs::ONCE, None, None));
        assert_eq!(bound(&[]), (Runs::ONCE, None, None));
    }

    #[test]
    fn attempts_times_their_limit_and_the_pauses() {
        let stack = [("retry", ""), ("with_timeout", "2s, attempt")];
        assert_eq!(bound(&stack), (Runs::AtMost(3), Some(6_300), Some(126_000)));
        let total = [("with_timeout", "5s, total"), stack[0], stack[1]];
        assert_eq!(bound(&total), (Runs::AtMost(3), Some(5_000), Some(5_000)));
        assert_eq!(bound(&[("retry", "attempts = 4")]), (Runs::AtMost(4), None, None));
    }

    #[test]
    fn every_schedule() {
        let worst = |retry| bound(&[("retry", retry), ("with_timeout", "1s, attempt")]).1;
        assert_eq!(worst("attempts = 4, constant(100ms)"), Some(4_360));
        assert_eq!(worst("attempts = 4, constant(100ms), jitter = none"), Some(4_300));
        assert_eq!(worst("attempts = 4, delays(1s, 2s)"), Some(9_000));
        assert_eq!(
            worst("attempts = 4, exponential(1s, factor = 3, max = 2s)"),
            Some(9_000)
        );
        assert_eq!(worst("attempts = 2, exponential(20s)"), Some(22_000));
        assert_eq!(worst("attempts = 2, constant(1s), jitter = 0.5"), Some(3_500));
        assert_eq!(
            worst("attempts = 3, exponential(1s, max = 2s), jitter = 0.5"),
            Some(6_500)
        );
        assert_eq!(worst("backoff = f"), None);
        assert_eq!(worst("policy = P"), None);
    }

    #[test]
    fn forever_is_bounded_by_time_alone() {
        let inner = ("with_timeout", "1s, attempt");
        assert_eq!(
            bound(&[("retry", "attempts = forever"), inner]),
            (Runs::Forever, None, None)
        );
        let timed = bound(&[("retry", "attempts = forever, max_elapsed = 10s"), inner]);
        assert_eq!(timed, (Runs::Forever, Some(11_000), Some(11_000)));
        assert_eq!(bound(&[("retry", "attempts = N"), inner]).0, Runs::Unknown);
    }

    #[test]
    fn waits_and_hedges_add() {
        let inner = ("with_timeout", "1s");
        assert_eq!(
            bound(&[("concurrency_limit", "8, wait = 250ms"), inner]).1,
            Some(1_250)
        );
        assert_eq!(
            bound(&[("rate_limit", "8, per = 1s, wait = none"), inner]).1,
            Some(1_000)
        );
        assert_eq!(bound(&[("concurrency_limit", "8"), inner]).1, None);
        assert_eq!(
            bound(&[("hedge", "after = 50ms"), inner]),
            (Runs::AtMost(2), Some(1_050), Some(1_050))
        );
        assert_eq!(
            bound(&[("hedge", "after = SOON"), inner]),
            (Runs::AtMost(2), None, None)
        );
    }
}
