//! The baseline: it hides what it knows, never grows, and complains when it is too large.

use serde_json::Value;

use crate::support::{TWO_FINDINGS, Tree};

const WRITE: [&str; 4] = ["check", "--baseline", "known.json", "--write-baseline"];
const USE: [&str; 3] = ["check", "--baseline", "known.json"];

fn total(tree: &Tree) -> u64 {
    let file: Value = serde_json::from_str(&tree.read("known.json")).unwrap();
    file["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["count"].as_u64().unwrap())
        .sum()
}

#[test]
fn what_it_knows_is_left_out_wherever_it_moves() {
    let tree = Tree::with_findings();
    tree.run(WRITE)
        .code(0)
        .says("wrote known.json: 2 findings")
        .says("2 in the baseline");
    tree.run(USE)
        .code(0)
        .says("0 denied, 0 warned, 2 in the baseline");
    tree.file("src/lib.rs", format!("\n\n// above\n{TWO_FINDINGS}"));
    tree.run(USE).code(0);
}

#[test]
fn a_new_finding_is_reported_and_does_not_get_in() {
    let tree = Tree::with_findings();
    tree.run(WRITE).code(0);
    let third = "async fn more() { std::thread::sleep(Duration::MAX); }\n";
    tree.file("src/lib.rs", format!("{TWO_FINDINGS}{third}"));
    tree.run(USE)
        .code(1)
        .says("--> src/lib.rs:7:19")
        .says("1 denied, 0 warned, 2 in the baseline");
    tree.run(WRITE).code(1).says("wrote known.json: 2 findings");
    assert_eq!(total(&tree), 2);
}

#[test]
fn the_same_code_once_more_is_one_finding_more() {
    let tree = Tree::with_findings();
    tree.run(WRITE).code(0);
    let line = "    std::thread::sleep(Duration::from_secs(1));\n";
    tree.file("src/lib.rs", TWO_FINDINGS.replace(line, &line.repeat(2)));
    tree.run(USE)
        .code(1)
        .says("1 denied, 0 warned, 2 in the baseline");
}

#[test]
fn what_is_gone_has_to_leave_it() {
    let tree = Tree::with_findings();
    tree.run(WRITE).code(0);
    tree.file(
        "src/lib.rs",
        TWO_FINDINGS.replace("    std::thread::sleep(Duration::from_secs(1));\n", ""),
    );
    tree.run(USE)
        .code(1)
        .says("the baseline may only shrink")
        .says("src/lib.rs: blocking_sleep in `wait`, 1 fewer");
    tree.run(WRITE).code(0);
    assert_eq!(total(&tree), 1);
    tree.run(USE).code(0);
}

#[test]
fn a_missing_or_malformed_one_is_status_2() {
    let tree = Tree::with_findings();
    tree.run(USE)
        .code(2)
        .remarks("the baseline known.json is not there")
        .remarks("--write-baseline");
    tree.file("known.json", "{");
    tree.run(USE).code(2).remarks("is malformed");
    tree.run(WRITE).code(2).remarks("is malformed");
    assert_eq!(tree.read("known.json"), "{");
    tree.file("known.json", "{\"version\": 9, \"findings\": []}");
    tree.run(USE).code(2).remarks("has version 9");
}
