//! What only a whole tree tells: test modules, renamed crates, functions that somebody else races.

use std::fs;
use std::path::Path;

use etiquette_rules::{Policy, Report, Walk};

/// Checks a tree of these files under the `server` preset.
#[allow(clippy::unwrap_used, reason = "helpers of tests fail the test")]
fn check(files: &[(&str, &str)]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Walk::new(folder.path(), Policy::default()).run()
}

fn rules(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.rule.name).collect()
}

const SLEEPS: &str = "async fn f() { std::thread::sleep(d); }\n";

#[test]
fn a_module_declared_for_tests_is_test_code() {
    let declared = "#[cfg(test)]\nmod support;\nmod code;\n";
    let files = [
        ("src/lib.rs", declared),
        ("src/support/deep.rs", SLEEPS),
        ("src/support.rs", SLEEPS),
    ];
    assert!(check(&files).findings.is_empty());
    let report = check(&[("src/lib.rs", declared), ("src/code.rs", SLEEPS)]);
    assert_eq!(rules(&report), ["blocking_sleep"]);
}

#[test]
fn a_renamed_crate_keeps_its_rules() {
    let manifest = "[package]\nname = \"a\"\n[dependencies]\ntk = { package = \"tokio\", version = \"1\" }\n";
    let text = "fn f() { tk::spawn(g()); }\n";
    assert_eq!(
        rules(&check(&[("Cargo.toml", manifest), ("src/lib.rs", text)])),
        ["detached_spawn"]
    );
    assert!(check(&[("src/lib.rs", text)]).findings.is_empty());
}

#[test]
fn a_loop_that_another_file_races_has_an_end() {
    let looped = "pub async fn dump() { loop { next().await; } }\n";
    let racing = "async fn g() { tokio::select! { _ = signal::dump() => {} _ = stop() => {} } }\n";
    assert_eq!(rules(&check(&[("src/signal.rs", looped)])), ["endless_loop"]);
    assert!(
        check(&[("src/signal.rs", looped), ("src/run.rs", racing)])
            .findings
            .is_empty()
    );
}

#[test]
fn a_tool_of_several_files_may_block() {
    let arguments = "mod run;\n#[derive(clap::Parser)]\nstruct Args { out: PathBuf }\n";
    let run = "pub async fn run() { std::fs::write(\"out\", text().await).ok(); }\n";
    let tool = [("src/bin/load/main.rs", arguments), ("src/bin/load/run.rs", run)];
    assert!(check(&tool).findings.is_empty());
    let serves = "async fn api(listener: TcpListener) {}\n";
    let server = [tool[0], tool[1], ("src/bin/load/api.rs", serves)];
    assert_eq!(rules(&check(&server)), ["blocking_fs"]);
    let library = [("src/load/main.rs", arguments), ("src/load/run.rs", run)];
    assert_eq!(rules(&check(&library)), ["blocking_fs"]);
}

#[test]
fn only_the_files_asked_for_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.rs"), folder.path().join("b.rs"));
    fs::write(&a, SLEEPS).unwrap();
    fs::write(&b, SLEEPS).unwrap();
    let report = Walk::new(folder.path(), Policy::default())
        .only([b.clone()])
        .run();
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].path, b);
}

#[test]
fn a_clean_tree_passes_and_a_broken_one_fails_the_test() {
    check(&[("src/lib.rs", "async fn f() { tokio::spawn(g()); }\n")]).assert_clean();
    let broken = check(&[("src/lib.rs", SLEEPS)]);
    let said = std::panic::catch_unwind(move || broken.assert_clean()).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert!(said.starts_with("the house rules are broken"), "{said}");
    assert!(
        said.contains("deny[blocking_sleep]") && said.contains("lib.rs:1:16"),
        "{said}"
    );
}

#[test]
fn progress_counts_up_to_the_number_of_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.rs", "b.rs", "c.rs"] {
        fs::write(folder.path().join(name), SLEEPS).unwrap();
    }
    let most = std::sync::atomic::AtomicUsize::new(0);
    let report = Walk::new(folder.path(), Policy::default()).run_with(&|done, total| {
        assert!(done <= total && total == 3);
        most.fetch_max(done, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!((most.into_inner(), report.files), (3, 3));
    assert_eq!(report.findings.len(), 3);
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.path.starts_with(Path::new(folder.path())))
    );
}
