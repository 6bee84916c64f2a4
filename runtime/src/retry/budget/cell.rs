//! The bucket's one word, and what threads do to it. `tests/loom_budget.rs` puts loom's atomics under it.

use super::{AtomicU64, Relaxed, state::State};

/// A clock that is behind by more than these milliseconds is another one.
const OTHER_CLOCK: u64 = 1_000;

/// How many tokens there are at most, and how many flow in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) capacity: u32,
    pub(super) refill_per_second: u32,
}

/// What came of asking for tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Granted,
    Refused {
        /// The first time since the bucket was half full.
        is_first: bool,
    },
}

/// Puts tokens in, as far as there is room.
pub(super) fn deposit(word: &AtomicU64, size: Size, tokens: u32) {
    update(word, |state| {
        let tokens = state.tokens.saturating_add(tokens).min(size.capacity);
        (State { tokens, ..state }, ())
    });
}

/// Takes `cost` tokens, or none at all.
pub(super) fn take(word: &AtomicU64, size: Size, cost: u32, now: u64) -> Taken {
    update(word, |state| {
        let state = refilled(size, state, now);
        match state.tokens.checked_sub(cost) {
            Some(tokens) => (State { tokens, ..state }, Taken::Granted),
            None => {
                let is_first = !state.exhausted;
                let exhausted = true;
                (State { exhausted, ..state }, Taken::Refused { is_first })
            }
        }
    })
}

/// What has become of `state` by `now`, in milliseconds.
pub(super) fn refilled(size: Size, mut state: State, now: u64) -> State {
    // A clock that is far behind is another clock (that of a test): time starts anew with it.
    // One that is a little behind was read by another thread a moment ago.
    if now.saturating_add(OTHER_CLOCK) < state.at {
        state.at = now;
    }
    let rate = u64::from(size.refill_per_second);
    let missing = size.capacity.saturating_sub(state.tokens);
    let gained = now.saturating_sub(state.at).saturating_mul(rate) / 1_000;
    match u32::try_from(gained) {
        Ok(gained) if gained < missing => {
            state.tokens += gained;
            // Only the time that became tokens is used up; rounded so that it never gives more
            // than the rate. Without a rate there is neither.
            state.at += (u64::from(gained) * 1_000).div_ceil(rate.max(1));
        }
        _ => {
            state.tokens = size.capacity;
            state.at = state.at.max(now);
        }
    }
    state.exhausted &= state.tokens < size.capacity.div_ceil(2);
    state
}

/// Replaces the state by `next` of it, and returns what else that found.
// `Relaxed` will do: all that there is to know is in this one word.
fn update<T>(word: &AtomicU64, next: impl Fn(State) -> (State, T)) -> T {
    let mut current = word.load(Relaxed);
    loop {
        let (wanted, found) = next(State::unpack(current));
        match word.compare_exchange_weak(current, wanted.pack(), Relaxed, Relaxed) {
            Ok(_) => return found,
            Err(changed) => current = changed,
        }
    }
}
