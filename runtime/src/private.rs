//! What expansions name. Nothing here is for people, and nothing here is promised.

pub use core::{compile_error, concat, module_path, option::Option, result::Result};
pub use etiquette_macros::{__defaults, __layers};

#[cfg(any(feature = "metrics", feature = "test-util"))]
pub use crate::telemetry::call::Site;
#[cfg(feature = "test-util")]
pub use crate::testing::Injectable;
pub use crate::{
    __any_error as any_error, __breaker_default as breaker_default, __breaker_when as breaker_when,
    __describe as describe, __fall_back as fall_back, __fault as fault, __gate as gate,
    __injectable as injectable, __multi_thread as multi_thread, __paused as paused, __place as place,
    __ran as ran, __retry_event as retry_event, __run_main as run_main, __run_test as run_test,
    __settle as settle, __split as split, __task as task, __task_end as task_end, __when as when,
    __when_result as when_result,
    blocking::{blocking, met},
    breaker::{
        CircuitBreaker, Judged, KeyedCircuitBreaker, Permit, WindowOf, admit, breaker, can_fail, of_key,
    },
    cancel::{
        AsCancelSource, cancellable, cancellable_on, cancellable_on_with_grace, cancellable_with_grace,
    },
    carry::{cancelled, mapped, panic_stopped, stopped},
    classify::{transient_after, transient_after_call},
    concurrency::{
        ConcurrencyLimit, KeyedConcurrencyLimit, KeyedSlots, Slot, acquire, acquire_queued, counted_slots,
        slots,
    },
    count::{calls, slots as count_slots},
    fallback::{error_if, fall_back_when, fell_back, replaced},
    hedge::hedge,
    keep::Keep,
    keys::key,
    limit::{deadline, limit},
    probe::{Text, error_of, result_of},
    progress::{LastError, Progress},
    rate::{KeyedPermits, KeyedRateLimit, RateLimit, limiter, start, wait_turn},
    retry::{
        Attempts, Backoff, Constant, Cut, Delay, Delays, Ended, Exponential, Jitter, Keyed, KeyedRetryBudget,
        NoBudget, Own, Plan, Retry, RetryBudget, Shared, Verdict, attempts, judge_stop, not_sent, observe,
        pause, pause_within, transient,
    },
    scope::inherit,
    shield::shield_as,
    state::of_static,
    stopped::TimeoutKind,
    task::{Outcome, Place, Task, slow, slow_poll},
    timeout::{Millis, NoLimit, Secs, Total, with_timeout, within},
    wait::Wait,
};
#[cfg(feature = "tracing")]
pub use tracing::{self, Level, field::Empty};

/// What the shims ask of a return value.
pub mod probe {
    pub use crate::probe::{Probe, TypeOf};

    /// The traits that answer, without names: a glob import brings nothing else into scope.
    pub mod by {
        pub use crate::probe::{
            ByChain as _, ByClassify as _, ByDebug as _, ByDisplay as _, BySendChain as _, BySource as _,
            IsErr as _, IsWhole as _, NotAResult as _, NotRefused as _, OkOf as _, RefusedByChain as _,
            RefusedBySendChain as _, RefusedBySource as _, RefusedItself as _, Splits as _, Unknown as _,
            Unprintable as _, Whole as _,
        };
        #[cfg(feature = "test-util")]
        pub use crate::testing::{ByFrom as _, ByInjectable as _, NotInjectable as _};
    }
}

/// What the shims call with the answers.
pub mod verdict {
    pub use crate::retry::{any_error, when, when_result};
}

/// What `run_main!` and `run_test!` call.
pub mod runner {
    pub use crate::runner::{Runner, test};
    #[cfg(feature = "main")]
    pub use crate::runner::{Told, main};
}

/// What `fault!` calls.
#[cfg(feature = "test-util")]
pub mod faults {
    pub use crate::testing::{Gate, Made, meet};
}

/// What `ran!` calls.
pub mod hedged {
    pub use crate::hedge::{Ran, means};
}

/// What `fall_back!` calls.
pub mod fallback {
    pub use crate::fallback::fall_back;
}

/// What the judges of a circuit breaker call.
pub mod judged {
    pub use crate::breaker::{by_default, when};
}

/// How `err` and `ret` print.
#[cfg(feature = "tracing")]
pub mod shown {
    pub use crate::shown::{debug, display, on_error};
}
