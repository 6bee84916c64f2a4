//! The walk over one tree: where in the code a rule stands when it is asked, and what it may ask back.

mod arms;
mod asked;
mod closures;
mod cx;
mod expand;
mod fields;
mod frame;
mod hooks;
mod origin;
mod raw;
mod shape;
mod test_code;
mod walk;
mod walk_race;
mod walk_stmt;

pub(crate) use arms::{Arm, Race};
pub(crate) use cx::Cx;
pub(crate) use expand::Expansion;
pub(crate) use frame::{AsyncRole, ClosureRole, FnFrame, Frame, LoopKind, LoopView};
pub(crate) use hooks::Hooks;
pub(crate) use origin::Origin;
pub(crate) use raw::{Part, Raw, RawPlace, Report, ends};
pub(crate) use shape::{
    Search, Verdict, attr_named, bare_ident, chain_methods, is_awaited_call, method_chain_root, strip,
    tokens_mention,
};
pub(crate) use test_code::{ARGUMENTS, SERVING, is_test_item, is_test_path, is_tool_path};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::Probe;
use crate::policy::{LevelTable, Policy};
use crate::source::NameScope;

/// What is the same for all of a file.
pub(crate) struct FileContext<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) levels: &'p LevelTable,
    /// Functions that are raced or limited somewhere in the tree.
    pub(crate) raced: &'p HashSet<String>,
    /// The whole file is test code.
    pub(crate) test_file: bool,
    /// The file belongs to a command-line tool.
    pub(crate) tool: bool,
    /// The compiler answers questions about types.
    pub(crate) asks_types: bool,
    /// And about the entries of maps.
    pub(crate) asks_maps: bool,
}

/// What one walk found.
pub(crate) struct Walked {
    pub(crate) found: Vec<Raw>,
    pub(crate) probes: Vec<Probe>,
}

/// Asks every rule that is on about every node it looks at. `outer` are the scopes around a tree that is only a part
/// of a file.
pub(crate) fn walk(
    file: &FileContext<'_>,
    renamed: &HashMap<String, String>,
    outer: Vec<Arc<NameScope>>,
    tree: &syn::File,
) -> Walked {
    let expansions = expand::Expansions::of(tree);
    let fields = fields::Fields::of(tree);
    let mut walker = walk::Walker::new(file, renamed, outer, &expansions, fields, tree);
    walker.file();
    walker.finish()
}
