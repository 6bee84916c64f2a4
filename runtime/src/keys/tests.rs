//! What the map keeps, what it gives up, and that it never does so behind a call's back.

use std::{
    collections::{HashSet, VecDeque},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
};

use proptest::prelude::*;

use super::*;

/// A state that is as large a loss as it says; `MAX` is too much.
type State = AtomicU32;

fn loss(state: &State) -> Loss {
    match state.load(SeqCst) {
        0 => Loss::Nothing,
        u32::MAX => Loss::TooMuch,
        loss => Loss::Some(loss),
    }
}

fn at_most(max: usize) -> Keys<State> {
    let mut keys = Keys::new();
    keys.set_max(max);
    keys
}

fn make(keys: &Keys<State>, of: u32, loss_of: u32) -> Option<Arc<State>> {
    keys.get_or_make(key(&of), || AtomicU32::new(loss_of), loss)
}

fn has(keys: &Keys<State>, of: u32) -> bool {
    keys.with(key(&of), |_| ()).is_some()
}

fn which(keys: &Keys<State>, among: std::ops::Range<u32>) -> Vec<u32> {
    among.filter(|of| has(keys, *of)).collect()
}

#[test]
fn a_key_keeps_its_state() {
    let keys = at_most(3);
    assert_eq!(keys.with(key("a"), |_| ()), None);
    let first = make(&keys, 1, 7).unwrap();
    let again = make(&keys, 1, 8).unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    assert_eq!(
        (keys.len(), keys.with(key(&1_u32), |state| state.load(SeqCst))),
        (1, Some(7))
    );
}

#[test]
fn what_is_no_loss_makes_room_all_at_once() {
    let keys = at_most(4);
    for (of, loss) in [(1, 0), (2, 5), (3, 0), (4, u32::MAX)] {
        make(&keys, of, loss).unwrap();
    }
    make(&keys, 5, 1).unwrap();
    assert_eq!((which(&keys, 1..6), keys.len()), (vec![2, 4, 5], 3));
}

#[test]
fn else_the_smallest_loss_alone() {
    let keys = at_most(4);
    for (of, loss) in [(1, 7), (2, 5), (3, 6), (4, u32::MAX)] {
        make(&keys, of, loss).unwrap();
    }
    make(&keys, 5, 9).unwrap();
    assert_eq!(which(&keys, 1..6), [1, 3, 4, 5]);
    make(&keys, 6, 9).unwrap();
    assert_eq!((which(&keys, 1..7), keys.len()), (vec![1, 4, 5, 6], 4));
}

#[test]
fn what_is_in_use_or_too_much_stays_and_then_there_is_no_room() {
    let keys = at_most(3);
    let used = make(&keys, 1, 0).unwrap();
    make(&keys, 2, u32::MAX).unwrap();
    make(&keys, 3, u32::MAX).unwrap();
    assert!(make(&keys, 4, 0).is_none());
    assert_eq!((which(&keys, 1..5), keys.len()), (vec![1, 2, 3], 3));
    // Who has a state gets it all the same.
    assert!(make(&keys, 2, 0).is_some());
    drop(used);
    assert!(make(&keys, 4, 0).is_some());
    assert_eq!(which(&keys, 1..5), [2, 3, 4]);
}

#[test]
fn all_are_forgotten_but_what_is_in_use() {
    let keys = at_most(3);
    let used = make(&keys, 1, 5).unwrap();
    make(&keys, 2, u32::MAX).unwrap();
    keys.forget_each(|state| state.store(0, SeqCst));
    assert_eq!((which(&keys, 1..3), keys.len()), (vec![1], 1));
    assert_eq!(used.load(SeqCst), 0);
    keys.each(|state| state.store(3, SeqCst));
    assert_eq!(used.load(SeqCst), 3);
    drop(used);
    keys.forget_each(|_| ());
    assert_eq!(keys.len(), 0);
}

#[test]
fn a_panic_elsewhere_is_no_reason_to_stop() {
    let keys = at_most(1);
    let panics = |f: &dyn Fn()| {
        let f = std::panic::AssertUnwindSafe(f);
        assert!(std::panic::catch_unwind(f).is_err());
    };
    panics(&|| {
        keys.get_or_make(key(&1), || panic!("the test's own"), loss);
    });
    assert_eq!(keys.len(), 0);
    make(&keys, 1, 3).unwrap();
    panics(&|| {
        keys.get_or_make(key(&2), || AtomicU32::new(0), |_| panic!("the test's own"));
    });
    assert_eq!((keys.len(), has(&keys, 1)), (1, true));
    make(&keys, 2, 3).unwrap();
    assert_eq!((keys.len(), has(&keys, 2)), (1, true));
}

/// The fixed hasher of the standard library would let anyone who can choose keys find two that share a state.
#[test]
fn keys_are_hashed_under_a_secret() {
    use std::hash::DefaultHasher;
    let fixed = |of: u32| {
        let mut hasher = DefaultHasher::new();
        of.hash(&mut hasher);
        hasher.finish()
    };
    // Each of them would be the same by accident once in 2⁶⁴ processes.
    assert!((0..64_u32).all(|of| key(&of).0 != fixed(of)));
    assert_eq!(key("host"), key(&"host".to_owned()));
    let distinct: HashSet<Key> = (0..10_000_u32).map(|of| key(&of)).collect();
    assert_eq!(distinct.len(), 10_000);
}

#[test]
fn threads_never_find_two_states_of_a_key_that_is_in_use() {
    let keys = at_most(4);
    // Of each key: the state that is in use, and by how many.
    let in_use: Vec<Mutex<(usize, u32)>> = (0..16).map(|_| Mutex::default()).collect();
    std::thread::scope(|scope| {
        for thread in 0..4_u32 {
            let (keys, in_use) = (&keys, &in_use);
            scope.spawn(move || {
                for step in 0..20_000_u32 {
                    let of = (step * 7 + thread * 5) % 16;
                    let Some(state) = make(keys, of, 0) else { continue };
                    let address = Arc::as_ptr(&state).addr();
                    {
                        let mut known = in_use[of as usize].lock().unwrap();
                        assert!(known.1 == 0 || known.0 == address, "a second state");
                        *known = (address, known.1 + 1);
                    }
                    if step % 3 == 0 {
                        std::thread::yield_now();
                    }
                    in_use[of as usize].lock().unwrap().1 -= 1;
                    assert!(keys.len() <= 4);
                }
            });
        }
    });
    assert_eq!(which(&keys, 0..16).len(), keys.len());
}

#[derive(Clone, Debug)]
enum Step {
    /// A call for a key; a new state has this loss. It goes on for a while.
    Call(u32, u32),
    /// The oldest call ends.
    End,
    /// All that are not in use are forgotten.
    Forget,
}

fn step() -> impl Strategy<Value = Step> {
    let loss = prop_oneof![Just(0), 1..6_u32, Just(u32::MAX)];
    prop_oneof![
        6 => (0..8_u32, loss).prop_map(|(of, loss)| Step::Call(of, loss)),
        4 => Just(Step::End),
        1 => Just(Step::Forget),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    /// Against a list that is searched: the same keys, the same states, the same refusals.
    #[test]
    fn behaves_as_a_list_would(max in 1..5_usize, steps in prop::collection::vec(step(), 1..40)) {
        let keys = at_most(max);
        let mut running = VecDeque::new();
        let mut list: Vec<(u32, u32)> = Vec::new();
        for step in steps {
            let used = |of: u32, running: &VecDeque<(u32, Arc<State>)>| {
                running.iter().any(|(key, _)| *key == of)
            };
            match step {
                Step::Call(of, loss_of) => {
                    // Two keys of the same loss: either may go, so the list leaves the choice to the map.
                    let mut tied = Vec::new();
                    let known = list.iter().find(|(key, _)| *key == of).copied();
                    let admitted = known.is_some() || list.len() < max || {
                        let before = list.len();
                        let idle = |key: u32| !used(key, &running);
                        list.retain(|(key, loss)| !(idle(*key) && *loss == 0));
                        let candidates = || list.iter().filter(|(key, loss)| idle(*key) && *loss != u32::MAX);
                        if list.len() == before && let Some((_, least)) = candidates().min_by_key(|(_, loss)| *loss) {
                            tied = candidates().filter(|(_, loss)| loss == least).map(|(key, _)| *key).collect();
                        }
                        list.len() < before || !tied.is_empty()
                    };
                    let state = make(&keys, of, loss_of);
                    prop_assert_eq!(state.is_some(), admitted);
                    if !tied.is_empty() {
                        let gone: Vec<u32> = tied.into_iter().filter(|key| !has(&keys, *key)).collect();
                        prop_assert_eq!(gone.len(), 1);
                        list.retain(|(key, _)| *key != gone[0]);
                    }
                    if let Some(state) = state {
                        let (_, wanted) = known.unwrap_or((of, loss_of));
                        prop_assert_eq!(state.load(SeqCst), wanted);
                        if known.is_none() {
                            list.push((of, loss_of));
                        }
                        running.push_back((of, state));
                    }
                }
                Step::End => drop(running.pop_front()),
                Step::Forget => {
                    keys.forget_each(|_| ());
                    list.retain(|(key, _)| used(*key, &running));
                }
            }
            let mut wanted: Vec<u32> = list.iter().map(|(key, _)| *key).collect();
            wanted.sort_unstable();
            prop_assert_eq!(which(&keys, 0..8), wanted);
            prop_assert_eq!(keys.len(), list.len());
            prop_assert!(keys.len() <= max);
        }
    }
}
