//! The list of all layers: the one place that names every one of them. A new layer is a row here, a file in `options/`,
//! a file in `expand/`, and its entry point in `lib.rs`.

use crate::diag::Diagnostics;
use crate::expand::{Context, Lower, Position, Run};
use crate::options::{self, LayerOptions};
use proc_macro2::TokenStream;

macro_rules! layers {
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

            pub(crate) fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
                match self { $( Self::$variant(options) => options.lower(below, cx, at), )* }
            }
        }
    };
}

layers! {
    "instrument_task" => InstrumentTask(options::instrument_task::InstrumentTaskOptions),
    "cancellable" => Cancellable(options::cancellable::CancellableOptions),
    "with_timeout" => WithTimeout(options::with_timeout::WithTimeoutOptions),
    "retry" => Retry(options::retry::RetryOptions),
}

impl Layer {
    /// The layer is a span that wants to know of attempts below it.
    pub(crate) fn is_task(&self) -> bool {
        matches!(self, Self::InstrumentTask(_))
    }
}
