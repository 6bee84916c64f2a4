//! A stack of layers around one function, complete and still unchecked.

use crate::hygiene::paths::CrateRoot;
use crate::layers::Layer;
use crate::options::facts::{Facts, Runs};
use crate::syntax::boxed::Boxed;
use crate::syntax::pattern::mut_bindings;
use crate::syntax::ret::Ret;
use proc_macro2::{Group, Ident, TokenStream};
use syn::{Attribute, Signature, Visibility};

/// Everything that `expand` needs.
pub(crate) struct Plan {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) defaultness: Option<Ident>,
    pub(crate) sig: Signature,
    pub(crate) inner_attrs: TokenStream,
    pub(crate) body: Group,
    pub(crate) shape: Shape,
    pub(crate) ret: Ret,
    /// Top first: the outermost layer is the first.
    pub(crate) layers: Vec<Planned>,
    /// Every attribute's options could be read: rules between layers can be judged.
    pub(crate) complete: bool,
    pub(crate) root: CrateRoot,
    /// The layers that `#[defaults]` added.
    pub(crate) defaulted: Vec<String>,
    /// A test runner stands below: a stop may panic with its text.
    pub(crate) is_test: bool,
}

/// How the function is async.
pub(crate) enum Shape {
    /// `async fn`
    Native,
    /// A sync `fn` that returns a future which it writes out.
    Boxed(Box<Boxed>),
}

/// One attribute of the stack.
pub(crate) struct Planned {
    /// Its name, with the span of the whole attribute.
    pub(crate) attribute: Ident,
    pub(crate) layer: Layer,
    pub(crate) facts: Facts,
    /// A `tracing::instrument` above it has wrapped the body.
    pub(crate) instrumented: bool,
}

impl Plan {
    /// The names through which the body changes arguments of its own, wherever they are bound.
    pub(crate) fn mut_names(&self) -> impl Iterator<Item = Ident> {
        let hoisted = match &self.shape {
            Shape::Native => None,
            Shape::Boxed(boxed) => Some(boxed.hoisted()),
        };
        let hoisted = hoisted
            .into_iter()
            .flatten()
            .filter(|pat| pat.mutability.is_some());
        mut_bindings(&self.sig)
            .into_iter()
            .map(|pat| pat.ident)
            .chain(hoisted.map(|pat| pat.ident.clone()))
    }

    /// Where the layer that runs the body several times stands.
    pub(crate) fn repeater(&self) -> Option<usize> {
        self.layers.iter().position(|planned| planned.facts.repeats)
    }
}

impl Planned {
    /// Whether it runs the body more than once, in turn or at a time.
    pub(crate) fn runs_several(&self) -> bool {
        self.facts.repeats || self.facts.runs == Runs::SideBySide
    }
}
