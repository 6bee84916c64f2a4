//! A crate in which every value has the methods that attributes write calls of, and takes them before ours: by value,
//! where ours borrow (H127).

#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/every.rs"]
mod every;
#[path = "../../shared/layers.rs"]
mod layers;
#[path = "../../shared/traced.rs"]
mod traced;

use tokio_util::sync::CancellationToken;

const NEVER: Option<std::time::Instant> = None;

mod traps {
    macro_rules! traps {
        ($($name:ident)*) => {
            #[allow(dead_code, reason = "traps that nothing steps into")]
            pub trait Traps: Sized {
                $( fn $name(self) { unreachable!("a trap") } )*
            }
            impl<T> Traps for T {}
        };
    }
    traps! {
        abandoned_is_failure abort acquire acquire_queued admit again at_most attempt attempts begin burst
        by_default circuit class consecutive credit delay describe enter error error_if event factor failed
        failure_rate fall_back finish forever gave_up held instead into_error into_future is_enabled is_err
        is_last jitter keep limit log map max max_elapsed max_hint means min_calls name new next number of
        ok open_for out permit pin places poll probes record refund replaced report run run_on scope
        slow_call slow_rate source start stopped stopped_by text timed timeout wait why window window_time
        with_policy withdraw
    }
}
