//! A crate in which every value has the methods that attributes write calls of, and takes them before ours: by value,
//! where ours borrow (H127).

#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/every.rs"]
mod every;
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
    traps!(again attempt attempts begin class delay describe enter event failed finish gave_up into_future is_enabled is_err is_last jitter keep limit log map max_elapsed
        max_hint new next number of ok out pin poll report run scope source start text timed why with_policy);
}
