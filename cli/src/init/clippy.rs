//! What clippy does better than we could: the lints and the lists of calls that need no async context.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TomlError, Value};

/// Lints about async code that clippy decides with types.
const LINTS: [(&str, &str); 6] = [
    ("async_yields_async", "deny"),
    ("await_holding_invalid_type", "deny"),
    ("await_holding_lock", "deny"),
    ("await_holding_refcell_ref", "deny"),
    ("large_futures", "warn"),
    ("let_underscore_future", "deny"),
];

/// Calls that are wrong wherever they stand.
const METHODS: [(&str, &str); 3] = [
    (
        "futures::executor::block_on",
        "it blocks the executor thread it is called on; await the future",
    ),
    (
        "tokio::sync::mpsc::unbounded_channel",
        "a slow receiver means unbounded memory; give the channel a capacity",
    ),
    (
        "tokio::task::block_in_place",
        "it panics on a current-thread runtime; use spawn_blocking",
    ),
];

/// Guards that must not live across an await.
const HELD: [(&str, &str); 4] = [
    (
        "dashmap::mapref::one::Ref",
        "it locks a part of the map; copy what you need out of it",
    ),
    (
        "dashmap::mapref::one::RefMut",
        "it locks a part of the map; copy what you need out of it",
    ),
    (
        "tracing::span::Entered",
        "the span stays entered on this thread while others run; use Instrument",
    ),
    (
        "tracing::span::EnteredSpan",
        "the span stays entered on this thread while others run; use Instrument",
    ),
];

/// The manifest with the lints it does not speak of yet.
pub(super) fn lints(manifest: &str) -> Result<String, TomlError> {
    let mut document: DocumentMut = manifest.parse()?;
    let root = document.as_table_mut();
    let is_workspace = root.contains_key("workspace");
    let Some(lints) = (match is_workspace {
        true => table(root, "workspace").and_then(|workspace| table(workspace, "lints")),
        false => table(root, "lints"),
    }) else {
        return Ok(manifest.to_owned());
    };
    // A package that takes its lints from a workspace says no more than that.
    if lints.contains_key("workspace") {
        return Ok(manifest.to_owned());
    }
    if let Some(clippy) = table(lints, "clippy") {
        for (lint, level) in LINTS {
            if !clippy.contains_key(lint) {
                clippy.insert(lint, toml_edit::value(level));
            }
        }
    }
    Ok(document.to_string())
}

/// A table below another; made when it is not there, nothing when something else is.
fn table<'t>(parent: &'t mut Table, name: &str) -> Option<&'t mut Table> {
    let made = || {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    };
    parent.entry(name).or_insert_with(made).as_table_mut()
}

/// Clippy's own file with the lists it does not have yet.
pub(super) fn settings(text: &str) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    for (key, entries) in [
        ("await-holding-invalid-types", &HELD[..]),
        ("disallowed-methods", &METHODS[..]),
    ] {
        if !document.contains_key(key) && !document.contains_key(&key.replace('-', "_")) {
            document.insert(key, Item::Value(Value::Array(list(entries))));
        }
    }
    Ok(document.to_string())
}

/// One entry a line, each with its reason; a crate that is not used is no mistake.
fn list(entries: &[(&str, &str)]) -> Array {
    let mut array = Array::new();
    for (path, reason) in entries {
        let mut entry = InlineTable::new();
        entry.insert("path", (*path).into());
        entry.insert("reason", (*reason).into());
        entry.insert("allow-invalid", true.into());
        let mut entry = Value::InlineTable(entry);
        entry.decor_mut().set_prefix("\n    ");
        array.push_formatted(entry);
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}

#[cfg(test)]
mod tests {
    use super::{lints, settings};

    #[test]
    fn only_what_is_not_said_is_added() {
        let before = "[workspace]\nmembers = []\n\n# Ours.\n[workspace.lints.clippy]\nawait_holding_lock = \"warn\" # for now\n";
        let after = lints(before).unwrap();
        assert!(after.starts_with(before.trim_end()), "{after}");
        assert!(after.contains("let_underscore_future = \"deny\""), "{after}");
        assert_eq!(lints(&after).unwrap(), after);
    }

    #[test]
    fn lints_of_a_lone_package_and_of_a_member() {
        assert!(
            lints("[package]\nname = \"a\"\n")
                .unwrap()
                .contains("[lints.clippy]\nasync_yields_async")
        );
        let member = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n";
        assert_eq!(lints(member).unwrap(), member);
        let odd = "lints = 3\n";
        assert_eq!(lints(odd).unwrap(), odd);
    }

    #[test]
    fn a_list_of_the_team_stays() {
        let before = "disallowed-methods = [\"a::b\"]\n";
        let after = settings(before).unwrap();
        assert!(
            after.starts_with(before) && after.contains("tracing::span::Entered"),
            "{after}"
        );
        assert!(!after.contains("block_in_place"), "{after}");
        assert_eq!(settings(&after).unwrap(), after);
    }
}
