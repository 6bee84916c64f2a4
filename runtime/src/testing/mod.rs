//! What tests are written with: the state of functions by name, and a world of its own for each test. Needs the
//! `test-util` feature, and belongs where tests are built only:
//!
//! ```toml
//! [dependencies]
//! etiquette = "0.1"
//!
//! [dev-dependencies]
//! etiquette = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! | for a test | |
//! |---|---|
//! | what each layer did, in order | [`Recorder`] |
//! | a dependency that fails, is late, hangs or panics | [`faults`] |
//! | retries without pauses, with fewer attempts, without chance | [`no_delays`], [`cap_attempts`], [`jitter_fixed`], [`seed`] |
//! | the circuit, the budget or the limit of a function | [`breaker`], [`budget`], [`concurrency_limit`], [`rate_limit`], [`reset`] |
//! | a world of its own under another runner | [`isolate`] |

mod faults;
mod jitter;
mod operation;
mod recorder;
mod retries;
mod settings;
mod state;
mod world;

#[doc(hidden)]
pub use self::faults::{ByFrom, ByInjectable, Gate, Made, NotInjectable, meet, met};
pub use self::{
    faults::{ActiveFault, FaultOf, Faults, Injectable, Injected, faults},
    jitter::{jitter_fixed, seed},
    recorder::{OfOperation, Recorder},
    retries::{cap_attempts, no_delays},
    settings::Override,
    state::{
        StateNotFound, breaker, budget, concurrency_limit, keyed_breaker, keyed_budget,
        keyed_concurrency_limit, keyed_rate_limit, rate_limit, reset,
    },
    world::{Isolated, isolate},
};
pub(crate) use self::{
    jitter::chance,
    operation::is_called,
    recorder::{is_recorded, tell},
    retries::{cap, delay},
    world::World,
};
