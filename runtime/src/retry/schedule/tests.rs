//! Schedules: what each says before which retry, and what jitter makes of it.

use proptest::prelude::*;

use super::*;

const MS: Duration = Duration::from_millis(1);

fn first<S: Schedule>(schedule: S) -> [Duration; 5] {
    [1, 2, 3, 4, 5].map(|retry| schedule.delay(retry))
}

#[test]
fn exponential_grows_up_to_its_maximum() {
    let schedule = Exponential::new(100 * MS, 2, 1_000 * MS);
    assert_eq!(first(schedule), [100, 200, 400, 800, 1_000].map(|ms| ms * MS));
    assert_eq!(Schedule::max(&schedule), 1_000 * MS);
    let schedule = Exponential::new(100 * MS, 1.5_f32, 10_000 * MS);
    assert_eq!(first(schedule)[..3], [100 * MS, 150 * MS, 225 * MS]);
}

#[test]
fn nothing_overflows_at_retry_100_000() {
    let max = Duration::from_secs(10);
    for retry in [100_000, u32::MAX] {
        assert_eq!(Exponential::new(100 * MS, 2, max).delay(retry), max);
        assert_eq!(
            Exponential::new(100 * MS, 2, Duration::MAX).delay(retry),
            Duration::MAX
        );
        assert_eq!(
            Exponential::new(Duration::ZERO, 2, max).delay(retry),
            Duration::ZERO
        );
        assert_eq!(Constant::new(MS).delay(retry), MS);
        assert_eq!(Delays::new([MS, 2 * MS]).delay(retry), 2 * MS);
    }
}

#[test]
fn a_factor_that_is_no_growth_is_none() {
    for factor in [-2.0, f64::NAN, 1.0, f64::NEG_INFINITY] {
        assert_eq!(first(Exponential::new(MS, factor, 9 * MS)), [MS; 5], "{factor}");
    }
    let infinite = Exponential::new(MS, f64::INFINITY, 9 * MS);
    assert_eq!(first(infinite)[..2], [MS, 9 * MS]);
    let shrinking = Exponential::new(4 * MS, 0.5, 9 * MS);
    assert_eq!(first(shrinking)[..3], [4 * MS, 2 * MS, MS]);
    assert_eq!(Exponential::new(20 * MS, 2, 9 * MS).delay(1), 9 * MS);
}

#[test]
fn delays_repeat_the_last_one() {
    let schedule = Delays::new([MS, 5 * MS, 3 * MS]);
    assert_eq!(first(schedule), [1, 5, 3, 3, 3].map(|ms| ms * MS));
    assert_eq!(first(Delays::new([])), [Duration::ZERO; 5]);
}

#[test]
fn backoff_is_asked_for_each_retry() {
    assert_eq!(
        first(Backoff::new(|n| n * n * MS)),
        [1, 4, 9, 16, 25].map(|ms| ms * MS)
    );
}

/// Any schedule, with what it says before any retry, multiplied step by step.
fn schedules() -> impl Strategy<Value = (Exponential, u32, Duration)> {
    (0..=3_600_000_u32, 1..=10_u32, 0..=86_400_000_u32, 1..=200_u32).prop_map(
        |(first, factor, max, retry)| {
            let (first, max) = (MS * first, MS * max);
            let grown = (1..retry).fold(first, |delay, _| delay.saturating_mul(factor).min(max));
            (Exponential::new(first, factor, max), retry, grown.min(max))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn exponential_is_one_multiplication_after_the_other((schedule, retry, delay) in schedules()) {
        prop_assert_eq!(schedule.delay(retry), delay);
    }

    #[test]
    fn a_pause_is_no_further_from_its_delay_than_the_jitter_says(
        (schedule, retry, delay) in schedules(),
        percent in 0..=100_u32,
    ) {
        let (half, part) = (delay / 2, delay * percent / 100);
        for (jitter, least, most) in [
            (Jitter::Full, Duration::ZERO, delay),
            (Jitter::Equal, half, delay),
            (Jitter::None, delay, delay),
            (Jitter::Proportional(f64::from(percent) / 100.0), delay - part, delay + part),
        ] {
            let pause = Jittered::new(schedule, jitter).pause(retry);
            // A nanosecond for what is rounded.
            let nano = Duration::from_nanos(1);
            prop_assert!(least.saturating_sub(nano) <= pause && pause <= most + nano, "{jitter:?}: {pause:?}");
            prop_assert!(pause <= Schedule::max(&schedule), "{jitter:?}: {pause:?}");
        }
    }

    #[test]
    fn delays_are_taken_in_turn(of in prop::collection::vec(0..=u32::MAX, 0..8), retry in 1..=20_u32) {
        let delays: Vec<Duration> = of.into_iter().map(|ms| MS * ms).collect();
        let mut said = delays.iter().chain(std::iter::repeat(delays.last().unwrap_or(&Duration::ZERO)));
        prop_assert_eq!(Some(&nth(&delays, retry)), said.nth(retry as usize - 1));
    }
}
