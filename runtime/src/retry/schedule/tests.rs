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
