//! Where a test can have something done in place of the body:
//!
//! ```text
//! fault!("f", "orders::create"; Ret);         // the function's name, those that layers were given, what it returns
//! fault!("f";);                               // nothing that can be named, or that ends
//! ```
//!
//! In the user's build the shim is empty unless the runtime crate has the feature `test-util`.

use crate::model::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

/// What is between the shim's parentheses.
pub(super) struct Fault(pub(super) TokenStream);

impl Fault {
    pub(super) fn of(plan: &Plan) -> Self {
        let function = crate::hygiene::names::plain(&plan.sig.ident);
        let names = plan
            .layers
            .iter()
            .filter_map(|planned| planned.layer.options().name());
        let ret = plan.ret.is_whole().then(|| plan.ret.named());
        Self(quote!(#function #(, #names)*; #ret))
    }

    /// Before the body.
    pub(super) fn statement(self, plan: &Plan) -> TokenStream {
        let (shim, Self(fault)) = (plan.root.shim("fault"), self);
        quote!(#shim(#fault);)
    }
}
