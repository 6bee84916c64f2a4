//! The engine inside a macro: tokens of one item, with or without the text of its file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail the test"
)]

use std::path::PathBuf;

use etiquette_rules::{CheckedItem, Engine, ItemSource, Level, Policy, Preset, ProbeKind, Rule, SourceText};
use proc_macro2::TokenStream;

/// Checks the item of `file` that begins on `line`, as a macro on it would.
fn check(file: &str, line: usize, with_text: bool) -> CheckedItem {
    let rest: String = file.lines().skip(line - 1).collect::<Vec<_>>().join("\n");
    // Blank lines in front keep the lines of the file.
    let item = format!("{}{rest}", "\n".repeat(line - 1));
    let tokens: TokenStream = item.parse().expect("the item is made of tokens");
    let text = with_text.then(|| SourceText::new(file));
    let source = ItemSource {
        path: PathBuf::from("src/a.rs"),
        text,
        line,
    };
    Engine::new(Policy::with_preset(Preset::Server))
        .check_item(tokens, &source)
        .expect("it is an item")
}

#[test]
fn imports_of_the_file_count() {
    let file = "use std::thread::sleep;\n\nasync fn f() {\n    sleep(D);\n    std::fs::read(p);\n}";
    let with = check(file, 3, true);
    let names: Vec<&str> = with.findings.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["blocking_sleep", "blocking_fs"]);
    let start = with.findings[0].start.expect("it is at tokens").start();
    assert_eq!((start.line, start.column), (4, 4));
    assert_eq!(with.findings[0].level, Level::Deny);

    let without = check(file, 3, false);
    let names: Vec<&str> = without.findings.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["blocking_fs"], "only what is spelled out");
}

#[test]
fn the_module_around_is_found_by_its_lines() {
    let file = "use std::thread::sleep;\nmod inner {\n    use tokio::time::sleep;\n    use std::fs;\n\
                async fn f() { sleep(D); fs::read(p); }";
    let text = format!("{file}\n}}\n");
    let tokens: TokenStream = "\n\n\n\nasync fn f() { sleep(D); fs::read(p); }".parse().unwrap();
    let source = ItemSource {
        path: PathBuf::from("src/a.rs"),
        text: Some(SourceText::new(text)),
        line: 5,
    };
    let checked = Engine::new(Policy::default())
        .check_item(tokens, &source)
        .unwrap();
    let names: Vec<&str> = checked.findings.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["blocking_fs"]);
}

#[test]
fn exemptions_and_their_comments_count() {
    let file = "async fn f() {\n    // etiquette: exempt(blocking_fs) once\n    std::fs::read(p);\n    \
                // etiquette: exempt(blocking_net) never\n    g();\n}";
    let checked = check(file, 1, true);
    assert_eq!(checked.findings.len(), 1);
    assert_eq!(checked.findings[0].rule.name, "stale_exempt");
    assert!(checked.findings[0].start.is_none());
    assert_eq!(checked.findings[0].notes, ["the comment is on line 4"]);

    let other =
        "async fn f() {}\nasync fn g() {\n    h();\n}\n// etiquette: exempt(blocking_fs) not of g\nfn i() {}";
    let tokens: TokenStream = "\nasync fn g() {\n    h();\n}".parse().unwrap();
    let source = ItemSource {
        path: PathBuf::from("src/a.rs"),
        text: Some(SourceText::new(other)),
        line: 2,
    };
    assert!(
        Engine::new(Policy::default())
            .check_item(tokens, &source)
            .unwrap()
            .findings
            .is_empty()
    );
}

#[test]
fn what_types_decide_becomes_a_probe() {
    let file = "async fn f(m: &Own) {\n    let g = m.lock();\n    work().await;\n    spawn_named(work());\n    \
                let h = m.lock();\n    drop(h);\n    work().await;\n}";
    let checked = check(file, 1, true);
    assert!(checked.findings.is_empty());
    let guards: Vec<_> = checked
        .probes
        .iter()
        .filter(|probe| probe.rule.name == "guard_across_await")
        .collect();
    assert_eq!(guards.len(), 1, "the dropped one is none");
    let ProbeKind::Guard { binding, awaited, .. } = &guards[0].kind else {
        panic!("a guard is asked about")
    };
    assert_eq!((binding.to_string().as_str(), awaited.start().line), ("g", 3));
    assert_eq!(
        guards[0].end.end().line,
        2,
        "the question belongs behind the `let`"
    );
    let handles: Vec<_> = checked
        .probes
        .iter()
        .filter(|probe| matches!(probe.kind, ProbeKind::Discarded))
        .collect();
    let asked: Vec<&str> = handles.iter().map(|probe| probe.rule.name).collect();
    assert_eq!(asked, ["detached_spawn", "lost_task_error"]);
    assert!(handles.iter().all(|probe| probe.start.start().line == 4));
}

#[test]
fn a_guard_is_asked_about_where_the_compiler_can_answer() {
    let file = "async fn f(m: &std::sync::Mutex<u8>) {\n    let g = m.lock().unwrap();\n    work().await;\n    drop(g);\n}";
    let checked = check(file, 1, true);
    assert!(checked.findings.is_empty());
    assert_eq!(asked(&checked), ["guard_across_await"]);
    let engine = Engine::new(Policy::with_preset(Preset::Server));
    assert_eq!(
        engine
            .check_source(&PathBuf::from("src/a.rs"), file)
            .findings
            .len(),
        1
    );
}

#[test]
fn exemptions_cover_probes() {
    let at_the_let = "async fn f(m: &Own) {\n    // etiquette: exempt(guard_across_await) one task\n    \
                      let g = m.lock();\n    work().await;\n    drop(g);\n}";
    let at_the_await = "async fn f(m: &Own) {\n    let g = m.lock();\n    \
                        // etiquette: exempt(guard_across_await) one task\n    work().await;\n    drop(g);\n}";
    let at_the_call = "async fn f() {\n    // etiquette: exempt(detached_spawn, lost_task_error) ends by itself\n    \
                       spawn_named(work());\n}";
    for file in [at_the_let, at_the_await, at_the_call] {
        let checked = check(file, 1, true);
        assert!(asked(&checked).is_empty(), "{file}");
        assert!(checked.findings.is_empty(), "{file}: not stale either");
    }
}

#[test]
fn each_async_fn_can_be_asked_for_send_unless_it_is_exempted() {
    let file = "impl A {\n    async fn f() {}\n    fn g() {}\n    \
                // etiquette: exempt(task_not_send) one thread\n    async fn h() {}\n}";
    let checked = check(file, 1, true);
    let lines: Vec<usize> = checked
        .probes
        .iter()
        .filter(|probe| matches!(probe.kind, ProbeKind::Send))
        .map(|probe| probe.start.start().line)
        .collect();
    assert_eq!(lines, [2]);
    assert!(checked.findings.is_empty());
}

#[test]
fn entries_of_maps_are_asked_about_where_that_was_asked_for() {
    let file = "async fn f(m: &M) {\n    if let Some(e) = m.get(&1) {\n        work().await;\n        e.go();\n    }\n}";
    let engine = Engine::new(Policy::with_preset(Preset::Server));
    for (maps, expected) in [(false, 0), (true, 1)] {
        let engine = engine.clone().with_map_guards(maps);
        let source = ItemSource::default();
        let checked = engine.check_item(file.parse().unwrap(), &source).unwrap();
        assert_eq!(asked(&checked).len(), expected);
    }
}

/// The rules whose questions are put, whatever the options of the attribute.
fn asked(checked: &CheckedItem) -> Vec<&'static str> {
    let always = checked
        .probes
        .iter()
        .filter(|probe| !matches!(probe.kind, ProbeKind::Send));
    always.map(|probe| probe.rule.name).collect()
}

#[test]
fn impls_traits_and_modules_are_items_too() {
    for item in [
        "impl X { async fn f(&self) { std::thread::sleep(D); } }",
        "trait X { async fn f(&self) { std::thread::sleep(D); } }",
        "mod x { async fn f() { std::thread::sleep(D); } }",
    ] {
        assert_eq!(check(item, 1, true).findings.len(), 1, "{item}");
        assert_eq!(check(item, 1, false).findings.len(), 1, "{item}");
    }
    let test = "#[cfg(test)]\nmod t {\nasync fn f() { std::thread::sleep(D); }\n}";
    assert!(check(test, 1, true).findings.is_empty());
    assert!(
        Engine::default()
            .check_item("fn (".parse().unwrap_or_default(), &ItemSource::default())
            .is_ok()
    );
}

#[test]
fn a_locked_rule_takes_no_exemption() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("etiquette.toml");
    std::fs::write(&file, "locked = true\n[rules]\nblocking_fs = \"deny\"\n").unwrap();
    let engine = Engine::new(Policy::load(&file).unwrap());
    let text = "#[etiquette::exempt(blocking_fs, reason = \"please\")]\nasync fn f() { std::fs::read(p); }";
    let checked = engine.check_source(&folder.path().join("src/a.rs"), text);
    assert_eq!(checked.findings.len(), 1);
    assert!(
        checked.findings[0].notes[0].starts_with("no exemption applies: locked by "),
        "{:?}",
        checked.findings[0]
    );
    assert_eq!(checked.findings[0].rule, Rule::find("ETQ102").unwrap());
}
