//! Which calls are struck, and by which names.

use super::*;

fn fault(of: FaultOf) -> ActiveFault {
    of.hang()
}

/// Which of the first ten calls are struck.
fn struck(of: FaultOf) -> Vec<usize> {
    let active = fault(of);
    let struck = |_: &usize| {
        crate::testing::settings::found(|setting| match setting {
            Setting::Fault(fault) if fault.is_of(&["app::fetch"]) => Some(fault.is_due()),
            _ => None,
        }) == [true]
    };
    let calls: Vec<usize> = (1..=10).filter(struck).collect();
    assert_eq!((active.calls(), active.strikes()), (10, 0), "none of them acted");
    calls
}

#[test]
fn counts_say_which_calls() {
    let on = || faults().on("fetch");
    assert_eq!(struck(on()), (1..=10).collect::<Vec<_>>());
    assert_eq!(struck(on().first(3)), [1, 2, 3]);
    assert_eq!(struck(on().first(0)), [0_usize; 0]);
    assert_eq!(struck(on().nth(2)), [2]);
    assert_eq!(struck(on().rate(0.0)), [0_usize; 0]);
    assert_eq!(struck(on().rate(1.0)).len(), 10);
}

#[test]
fn a_rate_is_the_same_each_time() {
    let once = struck(faults().on("fetch").rate(0.5));
    assert!((1..10).contains(&once.len()), "{once:?}");
    assert_eq!(struck(faults().on("fetch").rate(0.5)), once);
    let seeded = |seed| {
        let _seeded = crate::testing::seed(seed);
        struck(faults().on("fetch").rate(0.5))
    };
    assert_eq!(seeded(7), seeded(7));
    assert_ne!(seeded(7), seeded(8));
}

#[test]
fn another_name_is_another_operation() {
    let active = fault(faults().on("etch"));
    assert!(!active_is_of(&["app::fetch"]));
    assert!(active_is_of(&["app::fetch", "etch"]));
    drop(active);
    assert!(!active_is_of(&["app::fetch", "etch"]));
}

fn active_is_of(names: &[&str]) -> bool {
    let found = crate::testing::settings::found(|setting| match setting {
        Setting::Fault(fault) => Some(fault.is_of(names)),
        _ => None,
    });
    found.contains(&true)
}
