use std::{thread, time::Duration};

use tokio::time::advance;

use super::*;

const COST: u32 = super::COST as u32;
const COST_OF_TIMEOUT: u32 = super::COST_OF_TIMEOUT as u32;

const OP: &str = "test";

#[test]
fn packs_into_one_word() {
    for state in [
        State::full(0),
        State::full(State::MAX_TOKENS),
        State {
            exhausted: true,
            tokens: 7,
            at: (1 << 40) - 1,
        },
        State {
            exhausted: false,
            tokens: State::MAX_TOKENS,
            at: 123_456_789,
        },
    ] {
        assert_eq!(State::unpack(state.pack()), state);
    }
    let late = State {
        exhausted: false,
        tokens: 3,
        at: u64::MAX,
    };
    assert_eq!(State::unpack(late.pack()).tokens, 3);
}

#[tokio::test(start_paused = true)]
async fn takes_refunds_and_credits() {
    let budget = RetryBudget::new();
    assert_eq!(budget.tokens(), 500);
    budget.credit(|| OP);
    assert_eq!(budget.tokens(), 500, "never above its capacity");
    assert!(budget.take(COST, OP));
    assert!(budget.take(COST_OF_TIMEOUT, OP));
    assert_eq!(budget.tokens(), 485);
    budget.credit(|| OP);
    assert_eq!(budget.tokens(), 486);
    budget.deposit(COST, OP);
    assert_eq!(budget.tokens(), 491);
    budget.deposit(u32::MAX, OP);
    assert_eq!(budget.tokens(), 500);
    assert!(budget.take(400, OP));
    budget.reset();
    assert_eq!(budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn refills_with_time_and_keeps_the_fractions() {
    let ms = Duration::from_millis;
    let budget = RetryBudget::new();
    assert!(budget.take(500, OP));
    assert!(!budget.take(1, OP));
    advance(ms(19)).await;
    assert!(!budget.take(1, OP), "50 a second: one every 20 ms");
    advance(ms(1)).await;
    assert!(budget.take(1, OP));
    // 30 ms are one token and a half: the half is not lost.
    advance(ms(30)).await;
    assert!(budget.take(1, OP));
    advance(ms(10)).await;
    assert!(budget.take(1, OP));
    assert!(!budget.take(1, OP));
    advance(ms(2_000)).await;
    assert_eq!(budget.tokens(), 100);
    advance(Duration::from_secs(3_600)).await;
    assert_eq!(budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn a_full_bucket_does_not_save_up_time() {
    let budget = RetryBudget::new().capacity(10).refill_per_second(1);
    advance(Duration::from_secs(3_600)).await;
    assert!(budget.take(10, OP));
    assert!(!budget.take(1, OP));
}

#[tokio::test(start_paused = true)]
async fn any_rate_is_kept() {
    for rate in [0, 1, 3, 7, 999, 1_000, 1_001, 7_919, u32::MAX] {
        let budget = RetryBudget::new().capacity(1_000_000).refill_per_second(rate);
        assert!(budget.take(1_000_000, OP));
        let mut taken = 0_u64;
        for _ in 0..2_000 {
            advance(Duration::from_millis(1)).await;
            while taken < 100_000 && budget.take(1, OP) {
                taken += 1;
            }
        }
        let exact = (u64::from(rate) * 2).min(100_000);
        assert!(taken <= exact, "{rate}: {taken}");
        // Rounding may cost up to a millisecond for each token.
        assert!(taken >= (exact * 3 / 4).min(500), "{rate}: {taken}");
    }
}

#[test]
fn a_clock_of_another_test_starts_anew() {
    let budget = RetryBudget::new().capacity(100);
    let far = State {
        exhausted: false,
        tokens: 0,
        at: 10_000_000,
    };
    assert_eq!(cell::refilled(budget.size(), far, 5_000).at, 5_000);
    // A moment's difference between two threads is none.
    assert_eq!(cell::refilled(budget.size(), far, 9_999_990).at, 10_000_000);
}

#[test]
fn is_const_and_clamped() {
    static SMALL: RetryBudget = RetryBudget::new().capacity(4).refill_per_second(0);
    static LARGE: RetryBudget = RetryBudget::new().capacity(u32::MAX);
    assert!(!SMALL.take(COST, OP));
    assert_eq!(LARGE.tokens(), RetryBudget::MAX_CAPACITY);
    static NOTHING: RetryBudget = RetryBudget::new().capacity(0);
    assert!(!NOTHING.take(COST, OP));
    NOTHING.credit(|| OP);
    assert_eq!(NOTHING.tokens(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_episode_lasts_until_half_full() {
    let budget = RetryBudget::new().capacity(100).refill_per_second(10);
    let exhausted = || budget.load().exhausted;
    assert!(budget.take(100, OP));
    assert!(!exhausted());
    assert!(!budget.take(COST, OP));
    assert!(exhausted());
    advance(Duration::from_secs(1)).await;
    assert!(budget.take(COST, OP));
    assert!(exhausted(), "10 of 100 are not the end of it");
    advance(Duration::from_secs(5)).await;
    assert!(budget.take(COST, OP));
    assert!(!exhausted());
}

#[test]
fn threads_neither_lose_nor_invent_tokens() {
    let budget = RetryBudget::new().capacity(1_000).refill_per_second(0);
    let granted: u32 = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut granted = 0;
                    for _ in 0..2_000 {
                        if budget.take(COST, OP) {
                            granted += 1;
                        }
                        if granted % 2 == 1 {
                            budget.deposit(1, OP);
                            budget.take(1, OP);
                        }
                    }
                    granted
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    // What was deposited may have been refused when taken back, never the other way round.
    assert!(granted >= 1_000 / COST, "{granted}");
    assert!(budget.tokens() <= 1_000);

    let budget = RetryBudget::new().capacity(1_000).refill_per_second(0);
    let granted: usize = thread::scope(|scope| {
        let count = || (0..1_000).filter(|_| budget.take(COST, OP)).count();
        let threads = [(); 4].map(|()| scope.spawn(count));
        threads
            .map(|thread| thread.join().expect("no panic"))
            .iter()
            .sum()
    });
    assert_eq!((granted, budget.tokens()), (200, 0));
}
