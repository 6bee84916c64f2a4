use std::time::Duration;

use super::*;
use crate::{
    state::of_static,
    testing::{Isolated, isolate},
};

static FETCH: RetryBudget = RetryBudget::new();
static SAVE: RetryBudget = RetryBudget::new().capacity(70);
static BREAKER: CircuitBreaker = CircuitBreaker::new();

fn used() -> Isolated {
    let own = isolate();
    of_static(&FETCH, "app::users::fetch");
    of_static(&SAVE, "app::orders::save");
    of_static(&BREAKER, "app::users::fetch");
    own
}

#[test]
fn a_state_is_found_by_the_whole_name_or_its_end() {
    let _own = used();
    for name in ["app::users::fetch", "users::fetch", "fetch"] {
        assert_eq!(budget(name).unwrap().tokens(), 500, "{name}");
        assert_eq!(breaker(name).unwrap().calls(), 0, "{name}");
    }
    assert_eq!(budget("save").unwrap().tokens(), 70);
}

#[test]
fn what_is_not_there_is_an_error_that_says_what_is() {
    let _own = used();
    assert_eq!(
        breaker("save").unwrap_err().to_string(),
        "no circuit breaker of `save` has been used in this test; there is that of `app::users::fetch`"
    );
    assert_eq!(
        budget("etch").unwrap_err().to_string(),
        "no retry budget of `etch` has been used in this test; there are those of `app::orders::save`, \
         `app::users::fetch`"
    );
    assert_eq!(
        format!("{:?}", rate_limit("save").unwrap_err()),
        "no rate limit of `save` has been used in this test; there is none at all"
    );
}

#[test]
fn a_name_that_means_two_says_which() {
    static OTHER: RetryBudget = RetryBudget::new();
    let _own = used();
    of_static(&OTHER, "app::orders::fetch");
    assert_eq!(
        budget("fetch").unwrap_err().to_string(),
        "`fetch` means more than one retry budget: `app::orders::fetch`, `app::users::fetch`\n\
         help: write more of the path, or give one of them a name, as in `name = \"…\"`"
    );
    assert!(budget("orders::fetch").is_ok());
}

#[test]
fn a_whole_name_means_itself() {
    static NAMED: RetryBudget = RetryBudget::new().capacity(9);
    let _own = used();
    of_static(&NAMED, "fetch");
    assert_eq!(budget("fetch").unwrap().tokens(), 9);
    assert_eq!(budget("users::fetch").unwrap().tokens(), 500);
}

#[test]
fn outside_of_a_test_of_ours_nothing_is_found() {
    of_static(&FETCH, "app::users::fetch");
    assert_eq!(
        budget("fetch").unwrap_err().to_string(),
        "the retry budget of `fetch` is that of the whole process here\n\
         help: make it an `#[etiquette::test]`, or begin with `let _own = etiquette::testing::isolate();`"
    );
    reset();
}

#[test]
fn a_reset_is_seen_by_the_next_call() {
    let _own = used();
    let before = budget("fetch").unwrap();
    reset();
    assert!(budget("fetch").is_err());
    assert!(!std::ptr::eq(of_static(&FETCH, "app::users::fetch"), before));
}

/// The settings are those of the static, whatever has become of it.
#[test]
fn each_kind_is_made_anew() {
    const SECOND: Duration = Duration::from_secs(1);
    static BUDGETS: KeyedRetryBudget = KeyedRetryBudget::new().max_keys(1).capacity(70);
    static BREAKERS: KeyedCircuitBreaker = KeyedCircuitBreaker::new().max_keys(1).consecutive(2);
    static CONSECUTIVE: CircuitBreaker = CircuitBreaker::new().consecutive(2);
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(3);
    static PLACES_BY_KEY: KeyedConcurrencyLimit = KeyedConcurrencyLimit::new(3).max_keys(1);
    static RATE: RateLimit = RateLimit::new(10, SECOND).burst(2);
    static RATES: KeyedRateLimit = KeyedRateLimit::new(10, SECOND).burst(2).max_keys(1);
    CONSECUTIVE.force_open();
    BREAKERS.of("db-1").unwrap().force_open();

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let _place = PLACES.acquire().await;
        RATE.acquire().await;
        let _own = isolate();

        assert_eq!(of_static(&BUDGETS, "f").tokens("db-1"), 70);

        let circuit = of_static(&CONSECUTIVE, "f");
        assert_eq!(circuit.state(), crate::CircuitState::Closed);
        for _ in 0..2 {
            circuit.admit("f").unwrap().failed();
        }
        assert_eq!(circuit.state(), crate::CircuitState::Open);

        let circuits = of_static(&BREAKERS, "f");
        assert_eq!(circuits.keys(), 0);
        let circuit = circuits.of("db-2").unwrap();
        circuit.admit("f").unwrap().failed();
        circuit.admit("f").unwrap().failed();
        assert_eq!(circuit.state(), crate::CircuitState::Open);
        assert!(circuits.of("db-3").is_none(), "there is room for one");

        let places = of_static(&PLACES, "f");
        assert_eq!((places.limit(), places.available()), (3, 3));
        assert_eq!(of_static(&PLACES_BY_KEY, "f").available("db-1"), 3);

        let rate = of_static(&RATE, "f");
        assert!(rate.try_acquire().is_ok() && rate.try_acquire().is_ok());
        assert_eq!(rate.try_acquire(), Err(SECOND / 10));
        assert_eq!(of_static(&RATES, "f").tokens("db-1"), 2);
    });
    for (name, found) in [
        ("BUDGETS", BUDGETS.keys()),
        ("PLACES_BY_KEY", PLACES_BY_KEY.keys()),
        ("RATES", RATES.keys()),
    ] {
        assert_eq!(found, 0, "{name}");
    }
}
