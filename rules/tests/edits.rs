//! Edits: the bytes they replace and what stands there afterwards.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests fail the test"
)]

use std::path::Path;

use etiquette_rules::{Data, Policy, check_source};

/// The text after every edit that findings offer.
fn edited(text: &str, policy: &Policy) -> String {
    let mut edits: Vec<_> = check_source(Path::new("src/a.rs"), text, policy)
        .into_iter()
        .filter_map(|finding| finding.edit)
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.range, &edit.replacement);
    }
    text
}

#[test]
fn sleeps_and_files_become_tokios() {
    let text = "use std::fs;\nasync fn f() -> io::Result<()> {\n    // ü\n    std::thread::sleep(Duration::from_secs( 1 ));\n    \
                let a = fs::read_to_string(&path /* kept */)?;\n    fs::write(path, \"ü\")?;\n    File::open(x)?;\n    Ok(())\n}\n";
    let wanted = "use std::fs;\nasync fn f() -> io::Result<()> {\n    // ü\n    tokio::time::sleep(Duration::from_secs( 1 )).await;\n    \
                  let a = tokio::fs::read_to_string(&path).await?;\n    tokio::fs::write(path, \"ü\").await?;\n    File::open(x)?;\n    Ok(())\n}\n";
    assert_eq!(edited(text, &Policy::default()), wanted);
}

#[test]
fn channels_need_a_capacity_to_be_edited() {
    let text = "use tokio::sync::mpsc;\nfn f() { let (tx, rx) = mpsc::unbounded_channel::<u8>(); }\n";
    assert_eq!(edited(text, &Policy::default()), text);
    let mut data = Data::default();
    data.capacity = Some(64);
    let policy = Policy::default().with_data(data);
    let wanted = "use tokio::sync::mpsc;\nfn f() { let (tx, rx) = tokio::sync::mpsc::channel::<u8>(64); }\n";
    assert_eq!(edited(text, &policy), wanted);
}
