//! `wait = …` of a limit:
//!
//! ```text
//! Wait::at_most(Duration::from_secs(1)).of(operation)         // wait = 1s
//! Wait::none().of(operation)                                  // wait = none
//! Wait::forever().of(operation)                               // wait = forever, or no word
//! ```

use super::Context;
use super::state::Before;
use crate::options::value::wait::Wait;
use proc_macro2::TokenStream;
use quote::quote;

/// How long a call may wait for its turn; without a word, as long as it takes.
pub(super) fn wait(
    cx: &Context<'_>,
    wait: Option<&Wait>,
    operation: &TokenStream,
    before: &mut Before,
) -> TokenStream {
    let ty = cx.private("Wait");
    let wait = match wait {
        Some(Wait::None(_)) => quote!(#ty::none()),
        Some(Wait::AtMost(limit)) => {
            let (is_literal, limit) = (limit.literal.is_some(), cx.user(limit));
            let wait = quote!(#ty::at_most(#limit));
            match is_literal {
                true => wait,
                false => before.bind("wait", &wait, &limit),
            }
        }
        Some(Wait::Forever(_)) | None => quote!(#ty::forever()),
    };
    quote!(#wait.of(#operation))
}
