//! What is test code, or a command-line tool: attributes, and where a file lies.

use std::path::{Component, Path};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// Folders whose code is not run in production.
const FOLDERS: [&str; 14] = [
    "tests",
    "test",
    "benches",
    "bench",
    "benchmarks",
    "examples",
    "example",
    "fuzz",
    "testdata",
    "testing",
    "test_util",
    "test_utils",
    "test-utils",
    "xtask",
];
const STEMS: [&str; 5] = ["tests", "test", "testing", "testutil", "mock"];

/// What a program derives that has arguments, and what it names when it serves somebody.
pub(crate) const ARGUMENTS: [&str; 5] = ["Parser", "Subcommand", "Args", "StructOpt", "FromArgs"];
pub(crate) const SERVING: [&str; 7] = [
    "serve",
    "accept",
    "Router",
    "HttpServer",
    "TcpListener",
    "UnixListener",
    "tcp_listener",
];

/// Whether the path says that the whole file is test code (or, for `build.rs` and `xtask`, a tool).
pub(crate) fn is_test_path(path: &Path) -> bool {
    let mut parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    let file = parts.pop().unwrap_or_default();
    let stem = file.strip_suffix(".rs").unwrap_or(&file);
    let in_folder = |folder: &String| {
        let ends = |end: &str| folder.ends_with(&format!("-{end}")) || folder.ends_with(&format!("_{end}"));
        FOLDERS.contains(&folder.as_str())
            || ["tests", "test", "testing", "bench", "fixtures"]
                .into_iter()
                .any(ends)
    };
    is_test_module(stem) || stem == "build" || parts.iter().any(in_folder)
}

/// Whether a module is test code by its name.
pub(crate) fn is_test_module(name: &str) -> bool {
    STEMS.contains(&name)
        || name.ends_with("_test")
        || name.ends_with("_tests")
        || name.starts_with("test_")
        || name.starts_with("mock_")
}

/// Whether a folder on the path says that the code is a command-line tool: it does one thing and ends.
pub(crate) fn is_tool_path(path: &Path) -> bool {
    let folders = path.parent().map(Path::components).into_iter().flatten();
    let names = folders.filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    names
        .flat_map(|name| name.rsplit(['-', '_']).next())
        .any(|last| matches!(last, "cli" | "ctl" | "tools" | "scripts") || last.ends_with("bench"))
}

/// Whether an item is compiled for tests only, or is a test.
pub(crate) fn is_test_item(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let Some(last) = attr.path().segments.last() else {
            return false;
        };
        let name = last.ident.to_string();
        match &attr.meta {
            Meta::List(list) if name == "cfg" => asks_for_test(list.tokens.clone()),
            _ => {
                name == "test"
                    || name == "bench"
                    || name == "rstest"
                    || name == "test_case"
                    || name == "quickcheck"
                    || name == "traced_test"
                    || name == "test_log"
                    || name == "wasm_bindgen_test"
                    || name.ends_with("_test")
            }
        }
    })
}

/// Whether a `cfg` names `test` outside a `not(…)`.
fn asks_for_test(tokens: TokenStream) -> bool {
    let mut negated = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "test" => return true,
            TokenTree::Ident(ident) => negated = ident == "not",
            TokenTree::Group(group) if !negated && asks_for_test(group.stream()) => return true,
            _ => negated = false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{is_test_item, is_test_path, is_tool_path};
    use std::path::Path;

    #[test]
    fn paths() {
        for path in [
            "tests/a.rs",
            "crates/x/tests/a/b.rs",
            "src/a/tests.rs",
            "benches/a.rs",
            "src/x_test.rs",
            "src/mock_scheduler.rs",
            "build.rs",
        ] {
            assert!(is_test_path(Path::new(path)), "{path}");
        }
        for path in [
            "src/latest.rs",
            "src/contest/a.rs",
            "src/main.rs",
            "protest/src/a.rs",
        ] {
            assert!(!is_test_path(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn tools() {
        for path in [
            "cli/src/a.rs",
            "acme-cli/src/a.rs",
            "crates/pagebench/src/cmd/a.rs",
            "x/ctl/src/a.rs",
        ] {
            assert!(is_tool_path(Path::new(path)), "{path}");
        }
        for path in [
            "src/cli.rs",
            "client/src/a.rs",
            "src/control/a.rs",
            "benchmark-server/src/a.rs",
        ] {
            assert!(!is_tool_path(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn attributes() {
        let item = |text: &str| {
            syn::parse_str::<syn::ItemFn>(text)
                .expect("the test parses")
                .attrs
        };
        for text in [
            "#[test] fn a() {}",
            "#[tokio::test(x = 1)] fn a() {}",
            "#[cfg(any(test, feature = \"t\"))] fn a() {}",
        ] {
            assert!(is_test_item(&item(text)), "{text}");
        }
        for text in [
            "#[cfg(not(test))] fn a() {}",
            "#[cfg(feature = \"test\")] fn a() {}",
            "#[latest] fn a() {}",
        ] {
            assert!(!is_test_item(&item(text)), "{text}");
        }
    }
}
