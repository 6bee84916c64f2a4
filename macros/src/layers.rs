//! The list of all layers: the one place that names every one of them. A new layer is a row here, a file in `options/`,
//! a file in `expand/`, and its entry point in `lib.rs`.

use crate::diag::Diagnostics;
use crate::options::{self, LayerOptions};
use proc_macro2::TokenStream;

/// Calls the macro `$then` with every row of the list.
macro_rules! each_layer {
    ($then:ident) => {
        $then! {
            "instrument_task" => InstrumentTask(crate::options::instrument_task::InstrumentTaskOptions),
            "cancellable" => Cancellable(crate::options::cancellable::CancellableOptions),
            "fallback" => Fallback(crate::options::fallback::FallbackOptions),
            "with_timeout" => WithTimeout(crate::options::with_timeout::WithTimeoutOptions),
            "shield" => Shield(crate::options::shield::ShieldOptions),
            "retry" => Retry(crate::options::retry::RetryOptions),
            "hedge" => Hedge(crate::options::hedge::HedgeOptions),
            "circuit_breaker" => CircuitBreaker(crate::options::circuit_breaker::CircuitBreakerOptions),
            "rate_limit" => RateLimit(crate::options::rate_limit::RateLimitOptions),
            "concurrency_limit" => ConcurrencyLimit(crate::options::concurrency_limit::ConcurrencyLimitOptions),
            "blocking" => Blocking(crate::options::blocking::BlockingOptions),
        }
    };
}
pub(crate) use each_layer;

macro_rules! declare {
    ($( $name:literal => $variant:ident($options:ty), )*) => {
        /// The names of the attributes that are layers, outermost first in the recommended order.
        pub(crate) const NAMES: &[&str] = &[ $( $name, )* ];

        /// One layer of a stack: the options of one attribute.
        pub(crate) enum Layer { $( $variant(Box<$options>), )* }

        impl Layer {
            /// Reads the options of the attribute `name`. `None` when they cannot be used, or when there is no such layer.
            pub(crate) fn parse(name: &str, args: TokenStream, diagnostics: &Diagnostics) -> Option<Self> {
                match name {
                    $( $name => options::parse(args, diagnostics).map(|options| Self::$variant(Box::new(options))), )*
                    _ => None,
                }
            }

            pub(crate) fn name(&self) -> &'static str {
                match self { $( Self::$variant(_) => $name, )* }
            }

            pub(crate) fn options(&self) -> &dyn LayerOptions {
                match self { $( Self::$variant(options) => &**options, )* }
            }
        }
    };
}

each_layer!(declare);
