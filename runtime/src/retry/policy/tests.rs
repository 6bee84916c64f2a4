use super::{super::NoBudget, *};

const MS: Duration = Duration::from_millis(1);

const EVERYTHING: RetryPolicy = RetryPolicy::new()
    .attempts(5)
    .delays([MS, Duration::from_millis(2)])
    .jitter(Jitter::Equal)
    .max_elapsed(Duration::from_secs(90))
    .max_hint(Duration::MAX);

#[test]
fn the_default_is_that_of_the_attribute() {
    let retry = Retry::with_policy("op", RetryPolicy::default(), NoBudget);
    let schedule = Exponential::new(100 * MS, 2, Duration::from_secs(10));
    let (plan, bare) = (retry.plan, Plan::new("op", super::super::attempts(3), schedule));
    assert_eq!(plan.attempts, bare.attempts);
    assert_eq!(plan.schedule.jitter(), bare.schedule.jitter());
    assert_eq!(plan.max_hint, bare.max_hint);
    assert_eq!(Duration::from(retry.clock.max), Duration::MAX);
    assert!(retry.clock.started.is_none(), "no limit, no clock");
    for n in 1..20 {
        assert_eq!(plan.schedule.delay(n), bare.schedule.delay(n));
    }
    assert_eq!(plan.schedule.max(), bare.schedule.max());
}

#[test]
fn jitter_follows_the_schedule_unless_set() {
    let jitter = |policy: RetryPolicy| {
        let retry = Retry::with_policy("op", &policy, NoBudget);
        retry.plan.schedule.jitter()
    };
    let policy = RetryPolicy::new();
    assert_eq!(jitter(policy), Jitter::Full);
    assert_eq!(jitter(policy.constant(MS)), Jitter::Proportional(0.2));
    assert_eq!(jitter(policy.delays([MS])), Jitter::None);
    assert_eq!(jitter(policy.delays([MS]).jitter(Jitter::Full)), Jitter::Full);
}

#[tokio::test]
async fn everything_arrives() {
    let retry = Retry::with_policy("op", &EVERYTHING, NoBudget);
    assert_eq!(retry.plan.attempts.of(), Some(5));
    assert_eq!(retry.plan.schedule.jitter(), Jitter::Equal);
    assert_eq!(Duration::from(retry.clock.max), Duration::from_secs(90));
    assert_eq!(retry.plan.max_hint, Nanos::MAX);
    assert_eq!(
        [1, 2, 3].map(|n| retry.plan.schedule.delay(n)),
        [MS, 2 * MS, 2 * MS]
    );
    assert_eq!(
        Retry::with_policy("op", RetryPolicy::new().forever(), NoBudget)
            .plan
            .attempts,
        Attempts::FOREVER
    );
}

#[cfg(feature = "serde")]
mod file {
    use super::*;

    fn read(json: &str) -> Result<RetryPolicy, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(read("{}"), Ok(RetryPolicy::new()));
        assert_eq!(
            read(
                r#"{ "attempts": 5, "delays": ["1ms", "2ms"], "jitter": "equal",
                     "max_elapsed": "1m 30s", "max_hint": "none" }"#
            ),
            Ok(EVERYTHING)
        );
        assert_eq!(
            read(r#"{ "attempts": "forever", "constant": "0.5s", "jitter": 0.1 }"#),
            Ok(RetryPolicy::new()
                .forever()
                .constant(500 * MS)
                .jitter(Jitter::Proportional(0.1)))
        );
        assert_eq!(
            read(r#"{ "exponential": { "first": "50ms", "factor": 3 } }"#),
            Ok(RetryPolicy::new().exponential(50 * MS, 3.0, Duration::from_secs(10)))
        );
        assert_eq!(read(r#"{ "attempts": 0 }"#), Ok(RetryPolicy::new().attempts(1)));
    }

    #[test]
    fn writes_what_it_reads() {
        for policy in [
            RetryPolicy::new(),
            RetryPolicy::new()
                .forever()
                .constant(90_500 * MS)
                .jitter(Jitter::Proportional(0.25)),
            RetryPolicy::new()
                .jitter(Jitter::None)
                .exponential(MS, 1.5, Duration::MAX),
            EVERYTHING,
        ] {
            let json = serde_json::to_string(&policy).expect("a policy is JSON");
            assert_eq!(read(&json), Ok(policy), "{json}");
        }
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for (json, why) in [
            (r#"{ "attempt": 5 }"#, "unknown field `attempt`"),
            (r#"{ "exponential": { "base": "1s" } }"#, "unknown field `base`"),
            (r#"{ "attempts": -1 }"#, "-1 is not a count"),
            (r#"{ "attempts": 2.5 }"#, "2.5 is not a count"),
            (r#"{ "attempts": "many" }"#, "neither a count nor `forever`"),
            (r#"{ "attempts": true }"#, "a count or \"forever\""),
            (r#"{ "constant": 5 }"#, "a duration, like \"1m 30s\""),
            (r#"{ "constant": "5" }"#, "a number needs a unit"),
            (r#"{ "constant": "1s", "delays": ["1s"] }"#, "exclude each other"),
            (r#"{ "delays": [] }"#, "one to 8 delays"),
            (r#"{ "exponential": { "factor": -2 } }"#, "`factor`"),
            (r#"{ "jitter": 1.5 }"#, "not a proportion between 0 and 1"),
            (r#"{ "jitter": "some" }"#, "none of `full`, `equal`, `none`"),
            (r#"{ "max_elapsed": "never" }"#, "not a duration"),
        ] {
            let error = read(json).expect_err(json);
            assert!(error.contains(why), "{error}");
        }
    }
}
