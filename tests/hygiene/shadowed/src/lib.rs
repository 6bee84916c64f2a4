//! A crate in which every name that an expansion could have meant is something else: crates, types, variants,
//! primitive types, macros (H124, H125).

#![deny(warnings)]
#![cfg(test)]

macro_rules! traps {
    ($dollar:tt $($name:ident)*) => {
        $(
            #[allow(unused_macros, reason = "a trap that nothing steps into")]
            macro_rules! $name {
                ($dollar($dollar any:tt)*) => { ::core::compile_error!("a trap") };
            }
        )*
    };
}
traps!($ any_error assert breaker_default breaker_when cancelled compile_error concat dbg debug describe event
    fall_back format info line matches module_path panic ran retry_event span stringify task task_end trace
    unreachable warn when when_result write);

#[path = "../../shared/every.rs"]
mod every;
#[path = "../../shared/layers.rs"]
mod layers;
#[path = "../../shared/traced.rs"]
mod traced;

mod core {}
mod etiquette {}
mod std {}
mod tokio {}
mod tracing {}

use ::tokio_util::sync::CancellationToken;

const NEVER: ::core::option::Option<::std::time::Instant> = ::core::option::Option::None;

#[allow(dead_code, non_camel_case_types, reason = "traps that nothing steps into")]
mod traps {
    pub enum Option {
        Some,
        None,
    }
    pub enum Result {
        Ok,
        Err,
    }

    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct Attempt;
    pub struct Box;
    pub struct Cancelled;
    pub struct CircuitBreaker;
    pub struct CircuitOpen;
    pub struct ConcurrencyLimit;
    pub struct KeyedBreaker;
    pub struct KeyedCircuitBreaker;
    pub struct KeyedConcurrencyLimit;
    pub struct KeyedPermits;
    pub struct KeyedRateLimit;
    pub struct KeyedSlots;
    pub struct Judged;
    pub struct Permit;
    pub struct RateLimit;
    pub struct Slot;
    pub struct Wait;
    pub struct Class;
    pub struct Classify;
    pub struct Clone;
    pub struct Default;
    pub struct Duration;
    pub struct Ended;
    pub struct From;
    pub struct Future;
    pub struct Into;
    pub struct Iterator;
    pub struct Level;
    pub struct Pin;
    pub struct Poll;
    pub struct Retry;
    pub struct Send;
    pub struct Stopped;
    pub struct String;
    pub struct TimedOut;
    pub struct Vec;
    pub struct bool;
    pub struct char;
    pub struct f64;
    pub struct i32;
    pub struct str;
    pub struct u32;
    pub struct u64;
    pub struct u8;
    pub struct usize;
    pub fn drop() {}
    pub fn shield() {}
    pub fn blocking() {}
    pub fn hedge() {}
    pub fn permit() {}
    pub fn acquire() {}
    pub fn admit() {}
    pub mod core {}
    pub mod etiquette {}
    pub mod std {}
    pub mod tokio {}
    pub mod tracing {}
}
