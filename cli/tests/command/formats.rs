//! The formats that programs read, each read as its readers read it.

use std::path::PathBuf;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;
use serde_json::Value;

use crate::support::{TWO_FINDINGS, Tree};

#[test]
fn short_is_one_line_for_each_finding() {
    let ran = Tree::with_findings().run(["check", "--format", "short"]).code(1);
    assert_eq!(
        ran.stdout,
        "src/lib.rs:4:5: deny[blocking_sleep]: `std::thread::sleep` stops this executor thread for everyone on it\n\
         src/lib.rs:5:17: warn[blocking_fs]: `std::fs::read_to_string` waits for the disk inside async code\n"
    );
    assert_eq!(ran.stderr, "1 denied, 1 warned in 1 file\n");
}

#[test]
fn github_annotates_the_right_lines_and_escapes_what_would_end_a_command() {
    let tree = Tree::package();
    tree.file("src/a,b:c%.rs", TWO_FINDINGS);
    let ran = tree.run(["check", "--format", "github"]).code(1);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let file = "file=src/a%2Cb%3Ac%25.rs";
    let starts = [
        format!(
            "::error {file},line=4,endLine=4,col=5,endColumn=47,title=blocking_sleep::`std::thread::sleep` stops"
        ),
        format!(
            "::warning {file},line=5,endLine=5,col=17,endColumn=45,title=blocking_fs::`std::fs::read_to_string` waits"
        ),
    ];
    assert_eq!(lines.len(), 2, "{lines:?}");
    for (line, start) in lines.iter().zip(&starts) {
        assert!(line.starts_with(start), "{line}");
        assert!(
            line.contains("%0A"),
            "the help follows on a line of its own: {line}"
        );
    }
}

#[test]
fn json_is_what_cargo_prints() {
    let tree = Tree::with_findings();
    tree.file("src/broken.rs", "async fn f( {");
    let ran = tree.run(["check", "--format", "json"]).code(1);
    let messages: Vec<Message> = Message::parse_stream(ran.stdout.as_bytes())
        .map(Result::unwrap)
        .collect();
    let [
        Message::CompilerMessage(sleep),
        Message::CompilerMessage(read),
        Message::CompilerMessage(skipped),
        last,
    ] = &messages[..]
    else {
        panic!("{messages:?}")
    };
    assert_eq!(sleep.message.level, DiagnosticLevel::Error);
    assert_eq!(sleep.message.code.as_ref().unwrap().code, "blocking_sleep");
    let span = &sleep.message.spans[0];
    assert_eq!((span.line_start, span.column_start, span.column_end), (4, 5, 47));
    let code = &TWO_FINDINGS[span.byte_start as usize..span.byte_end as usize];
    assert_eq!(code, "std::thread::sleep(Duration::from_secs(1))");
    let edit = &sleep.message.children[0].spans[0];
    assert_eq!(
        edit.suggested_replacement.as_deref(),
        Some("tokio::time::sleep(Duration::from_secs(1)).await")
    );
    assert!(
        sleep
            .message
            .rendered
            .as_ref()
            .unwrap()
            .contains("--> src/lib.rs:4:5")
    );
    assert_eq!(read.message.level, DiagnosticLevel::Warning);
    assert!(
        skipped.message.message.starts_with("skipped src/broken.rs: "),
        "{}",
        skipped.message.message
    );
    assert!(matches!(last, Message::BuildFinished(finished) if !finished.success));
}

#[test]
fn sarif_is_valid_against_the_published_schema() {
    let tree = Tree::package();
    tree.file("src/größe.rs", TWO_FINDINGS);
    tree.file("src/broken.rs", "async fn f( {");
    let log: Value = serde_json::from_str(&tree.run(["check", "--format", "sarif"]).code(1).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "deny".into();
    assert!(!validator.is_valid(&wrong), "the schema finds a mistake");

    let run = &log["runs"][0];
    let sleep = &run["results"][0];
    assert_eq!(sleep["ruleId"], "ETQ101");
    assert_eq!(
        run["tool"]["driver"]["rules"][sleep["ruleIndex"].as_u64().unwrap() as usize]["id"],
        "ETQ101"
    );
    assert_eq!(sleep["level"], "error");
    let place = &sleep["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/gr%C3%B6%C3%9Fe.rs");
    assert_eq!(
        (
            place["region"]["startLine"].as_i64(),
            place["region"]["startColumn"].as_i64()
        ),
        (Some(4), Some(5))
    );
    let replaced = &sleep["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(
        replaced["insertedContent"]["text"],
        "tokio::time::sleep(Duration::from_secs(1)).await"
    );
    let skipped = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        skipped["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "src/broken.rs"
    );
}

#[test]
fn fingerprints_survive_moved_lines() {
    let tree = Tree::with_findings();
    let prints = || {
        let log: Value = serde_json::from_str(&tree.run(["check", "--format", "sarif"]).stdout).unwrap();
        let of = |result: &Value| {
            result["partialFingerprints"]["etiquetteFinding/v1"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        log["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .collect::<Vec<_>>()
    };
    let before = prints();
    tree.file("src/lib.rs", format!("// one\n// two\n{TWO_FINDINGS}"));
    assert_eq!(prints(), before);
    assert_ne!(before[0], before[1]);
}

/// The platform that tests are run on.
fn host() -> String {
    let output = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// The OASIS schema that the SARIF library was generated from, among the sources that cargo has unpacked.
fn schema() -> Value {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        // Without a platform it asks for the packages of all of them, which no build has fetched.
        .other_options(["--offline", "--locked", "--filter-platform", &host()].map(str::to_owned))
        .exec()
        .unwrap();
    let library = metadata
        .packages
        .iter()
        .find(|package| package.name.as_str() == "serde-sarif")
        .unwrap();
    let file: PathBuf = library.manifest_path.with_file_name("src/schema.json").into();
    let text = std::fs::read_to_string(file).unwrap();
    // As published, one pattern (of `language`, which we do not write) has a bracket that only some readers accept.
    let (wrong, right) = ("{2}-[a-zA-Z]{2}]?$", "{2}-[a-zA-Z]{2}\\\\]?$");
    assert!(text.contains(wrong));
    serde_json::from_str(&text.replace(wrong, right)).unwrap()
}
