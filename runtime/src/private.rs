//! What expansions name. Nothing here is for people, and nothing here is promised.

pub use etiquette_macros::__layers;
pub use core::{compile_error, option::Option, result::Result};

pub use crate::{
    __any_error as any_error, __describe as describe, __retry_event as retry_event, __task as task,
    __task_end as task_end, __when as when, __when_result as when_result,
    cancel::{
        AsCancelSource, cancellable, cancellable_on, cancellable_on_with_grace,
        cancellable_with_grace,
    },
    classify::{transient_after, transient_after_call},
    carry::{cancelled, mapped, panic_stopped, stopped},
    keep::Keep,
    limit::{deadline, limit},
    probe::{error_of, result_of},
    progress::Progress,
    retry::{
        Attempts, Backoff, Constant, Delays, Ended, Exponential, Jitter, Keyed, KeyedRetryBudget,
        NoBudget, Retry, RetryBudget, Shared, Verdict, attempts, judge_stop, not_sent, observe,
        pause, transient,
    },
    stopped::TimeoutKind,
    task::Task,
    timeout::with_timeout,
};
#[cfg(feature = "tracing")]
pub use tracing::{self, Level, field::Empty};

/// What the shims ask of a return value.
pub mod probe {
    pub use crate::probe::{
        ByChain, ByClassify, ByDebug, ByDisplay, BySendChain, BySource, IsErr, NotAResult, OkOf,
        Probe, Unknown, Unprintable, Whole,
    };
}

/// What the shims call with the answers.
pub mod verdict {
    pub use crate::retry::{any_error, when, when_result};
}
