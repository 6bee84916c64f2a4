//! What a stop is in gRPC, for `tonic` and for the layer of `tower` that answers for it.

use std::time::Duration;

use crate::Stopped;

/// The trailer by which a server says when to come back, in milliseconds (gRFC A6).
pub(super) const PUSHBACK: &str = "grpc-retry-pushback-ms";

/// The number of the status code.
pub(super) const fn code(stop: &Stopped) -> u16 {
    match stop {
        Stopped::Cancelled(_) => 1,
        Stopped::TimedOut(_) => 4,
        Stopped::AtCapacity(_) | Stopped::RateLimited(_) => 8,
        Stopped::CircuitOpen(_) => 14,
    }
}

/// Rather too late than too soon.
pub(super) fn pushback(wait: Duration) -> u64 {
    u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
