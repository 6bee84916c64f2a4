//! Everybody who does the jobs, each in a module of its own and in the fastest form that its
//! documentation shows.

pub(crate) mod backon;
pub(crate) mod breakers;
pub(crate) mod budget;
pub(crate) mod composed;
pub(crate) mod execution_policy;
pub(crate) mod fastrace;
pub(crate) mod hand;
pub(crate) mod hedged;
pub(crate) mod limiters;
pub(crate) mod ours;
pub(crate) mod ours_layers;
pub(crate) mod pingora;
pub(crate) mod retry_if;
pub(crate) mod seatbelt;
pub(crate) mod tokio_own;
pub(crate) mod tokio_retry;
pub(crate) mod tokio_retry2;
pub(crate) mod tokio_timeout;
pub(crate) mod tower;
pub(crate) mod tower_resilience;
pub(crate) mod tracing;
pub(crate) mod tryhard;
