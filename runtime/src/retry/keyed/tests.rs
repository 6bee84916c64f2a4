use super::*;

const OP: &str = "test";

/// A call for `key` that failed and costs this much.
fn failing<'a>(budgets: &'a KeyedRetryBudget, key: &str, cost: u32) -> Keyed<'a> {
    let mut call = Keyed::new(budgets, key);
    assert!(call.take(cost, OP));
    call
}

fn still() -> KeyedRetryBudget {
    KeyedRetryBudget::new().capacity(100).refill_per_second(0)
}

#[test]
fn each_key_has_its_own() {
    let budgets = still();
    drop(failing(&budgets, "a", 60));
    assert_eq!((budgets.tokens("a"), budgets.tokens("b")), (40, 100));
    assert!(!Keyed::new(&budgets, "a").take(60, OP));
    assert!(Keyed::new(&budgets, "b").take(60, OP));
    Keyed::new(&budgets, "a").credit(|| OP);
    assert_eq!(budgets.tokens("a"), 41);
    budgets.reset();
    assert_eq!((budgets.keys(), budgets.tokens("a")), (0, 100));
}

#[test]
fn a_key_that_never_failed_has_no_bucket() {
    let budgets = still();
    Keyed::new(&budgets, &(1, "x")).credit(|| OP);
    assert_eq!(budgets.keys(), 0);
    drop(failing(&budgets, "a", 5));
    Keyed::new(&budgets, "b").credit(|| OP);
    assert_eq!(budgets.keys(), 1);
}

#[test]
fn gives_back_to_the_bucket_it_took_from() {
    let budgets = still();
    let mut call = failing(&budgets, "a", 5);
    assert_eq!(budgets.tokens("a"), 95);
    call.give_back(5, || OP);
    assert_eq!(budgets.tokens("a"), 100);
}

#[test]
fn a_reset_fills_up_what_a_call_has_drawn_on_and_keeps_it() {
    let budgets = still();
    let mut held = failing(&budgets, "held", 5);
    drop(failing(&budgets, "idle", 5));
    budgets.reset();
    assert_eq!((budgets.keys(), budgets.tokens("held")), (1, 100));
    assert!(held.take(30, OP));
    assert_eq!(budgets.tokens("held"), 70, "it is still this key's bucket");
}

#[test]
fn full_buckets_make_room_first() {
    let budgets = still().max_keys(3);
    drop(failing(&budgets, "low", 50));
    drop(failing(&budgets, "lower", 70));
    failing(&budgets, "full", 5).give_back(5, || OP);
    drop(failing(&budgets, "new", 5));
    assert_eq!(budgets.keys(), 3);
    assert_eq!((budgets.tokens("low"), budgets.tokens("lower")), (50, 30));
}

#[test]
fn then_the_fullest_but_never_one_in_use() {
    let budgets = still().max_keys(3);
    let held = failing(&budgets, "held", 5);
    drop(failing(&budgets, "low", 50));
    drop(failing(&budgets, "lower", 70));
    drop(failing(&budgets, "new", 80));
    assert_eq!(budgets.keys(), 3);
    assert_eq!(budgets.tokens("held"), 95, "fuller, but in use");
    assert_eq!(budgets.tokens("low"), 100, "evicted");
    assert_eq!((budgets.tokens("lower"), budgets.tokens("new")), (30, 20));
    drop(held);
}

#[test]
fn a_full_bucket_in_use_stays_too() {
    let budgets = still().max_keys(1);
    let mut held = failing(&budgets, "held", 5);
    held.give_back(5, || OP);
    let mut other = failing(&budgets, "other", 30);
    assert_eq!(budgets.keys(), 1);
    // No room: it shares one bucket with all others that found none.
    assert!(failing(&budgets, "third", 30).take(30, OP));
    assert!(!other.take(30, OP));
    assert_eq!(budgets.tokens("third"), 10, "what is left of that one");
    other.give_back(30, || OP);
    assert!(other.take(30, OP));
    drop(held);
    drop(failing(&budgets, "fourth", 5));
    assert_eq!((budgets.keys(), budgets.tokens("fourth")), (1, 95));
}

#[test]
fn stays_bounded() {
    let budgets = KeyedRetryBudget::new().refill_per_second(0);
    for key in 0..5_000 {
        drop(failing(&budgets, &key.to_string(), 5));
    }
    assert_eq!(budgets.keys(), 1024);
    let budgets = KeyedRetryBudget::default().max_keys(0);
    drop(failing(&budgets, "a", 5));
    assert_eq!(budgets.keys(), 1);
}

#[test]
fn threads_share_a_key() {
    let budgets = KeyedRetryBudget::new()
        .capacity(1_000)
        .refill_per_second(0)
        .max_keys(2);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for key in ["a", "b"].iter().cycle().take(1_000) {
                    let mut call = Keyed::new(&budgets, key);
                    if call.take(5, OP) {
                        call.give_back(5, || OP);
                    }
                    call.credit(|| OP);
                }
            });
        }
    });
    assert_eq!((budgets.tokens(&"a"), budgets.tokens(&"b")), (1_000, 1_000));
}
