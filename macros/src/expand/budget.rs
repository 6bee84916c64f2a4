//! At whose expense a further run is made:
//!
//! ```text
//! Own(|| { static BUDGET: RetryBudget = RetryBudget::new(); of_static(&BUDGET, operation) })  // one bucket per function
//! Shared(&SHARED)                                                                             // budget = &SHARED
//! Keyed::new(buckets, &(host))                                                                // key = host
//! NoBudget                                                                                    // budget = none
//! ```

use super::{Context, state};
use crate::options::value::expr::ExprArg;
use crate::options::value::schedule::Budget;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn budget(
    cx: &Context<'_>,
    operation: &TokenStream,
    budget: Option<&Budget>,
    key: Option<&ExprArg>,
) -> TokenStream {
    let none = TokenStream::new();
    let of_static = |ty| state::of_static(cx, operation, "BUDGET", ty, &none, &none);
    if let Some(key) = key {
        let (keyed, key) = (cx.private("Keyed"), cx.user(key));
        let buckets = match budget {
            Some(Budget::Expr(buckets)) => cx.user(buckets),
            _ => of_static("KeyedRetryBudget"),
        };
        return quote!(#keyed::new(#buckets, &(#key)));
    }
    let shared = cx.private("Shared");
    match budget {
        Some(Budget::Expr(budget)) => {
            let budget = cx.user(budget);
            quote!(#shared(#budget))
        }
        Some(Budget::None) => cx.private("NoBudget"),
        None => {
            let (own, budget) = (cx.private("Own"), of_static("RetryBudget"));
            quote!(#own(|| #budget))
        }
    }
}
