//! Every rule, one file each; a rule is added by its file and its row here.

mod async_guard_across_await;
mod blocking;
mod blocking_fs;
mod blocking_http;
mod blocking_listed;
mod blocking_net;
mod blocking_process;
mod blocking_sleep;
mod cancel_branch_last;
mod cancel_param;
mod cancel_unsafe_branch;
mod connect_without_timeout;
mod cpu_heavy_call;
mod detached_spawn;
mod endless_loop;
pub(crate) mod exempt_without_reason;
mod fallible;
mod guard_across_await;
mod held;
mod held_entry;
mod http_client_without_timeout;
mod join_result_dropped;
mod limit_too_long;
mod loop_without_cancel;
mod lost_task_error;
mod matching;
mod mixed_runtime;
mod nested_retry;
mod nested_runtime;
mod outbound_needs_timeout;
mod paths;
pub(crate) mod policy_entry_unused;
mod raw_spawn;
mod retried_transaction;
mod retry_without_limit;
mod spawn_in_scope;
pub(crate) mod stale_exempt;
mod std_channel_in_async;
mod stop;
mod task_not_send;
mod task_without_span;
mod timer_restarted;
mod unbounded_accept_loop;
mod unbounded_channel;
mod waited_for;

use crate::Rule;

/// Every rule, by number.
pub(crate) static ALL: &[&Rule] = &[
    &blocking_sleep::RULE,
    &blocking_fs::RULE,
    &blocking_net::RULE,
    &blocking_process::RULE,
    &blocking_http::RULE,
    &nested_runtime::RULE,
    &cpu_heavy_call::RULE,
    &blocking_listed::RULE,
    &guard_across_await::RULE,
    &async_guard_across_await::RULE,
    &detached_spawn::RULE,
    &lost_task_error::RULE,
    &unbounded_accept_loop::RULE,
    &raw_spawn::RULE,
    &task_not_send::RULE,
    &join_result_dropped::RULE,
    &spawn_in_scope::RULE,
    &endless_loop::RULE,
    &loop_without_cancel::RULE,
    &cancel_branch_last::RULE,
    &cancel_unsafe_branch::RULE,
    &timer_restarted::RULE,
    &cancel_param::RULE,
    &http_client_without_timeout::RULE,
    &connect_without_timeout::RULE,
    &outbound_needs_timeout::RULE,
    &retry_without_limit::RULE,
    &retried_transaction::RULE,
    &nested_retry::RULE,
    &limit_too_long::RULE,
    &unbounded_channel::RULE,
    &std_channel_in_async::RULE,
    &task_without_span::RULE,
    &mixed_runtime::RULE,
    &stale_exempt::RULE,
    &exempt_without_reason::RULE,
    &policy_entry_unused::RULE,
];
