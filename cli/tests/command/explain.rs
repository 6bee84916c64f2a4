//! `explain`: one page, all rules, and a slip of the pen.

use crate::support::Tree;

#[test]
fn every_rule_has_its_line_and_its_page() {
    let tree = Tree::empty();
    let all = tree.run(["explain"]).code(0).stdout;
    for rule in etiquette_rules::rules() {
        assert!(all.contains(rule.name) && all.contains(rule.id), "{}", rule.name);
        let page = tree.run(["explain", rule.name]).code(0).stdout;
        assert!(
            page.starts_with(&format!("# {} ({})", rule.name, rule.id)),
            "{page}"
        );
    }
}

#[test]
fn numbers_dashes_and_capitals_are_the_same_rule() {
    let tree = Tree::empty();
    let page = tree.run(["explain", "blocking_fs"]).code(0).stdout;
    for name in ["ETQ102", "etq102", "blocking-fs", "Blocking_FS"] {
        assert_eq!(tree.run(["explain", name]).code(0).stdout, page, "{name}");
    }
}

#[test]
fn an_unknown_rule_is_status_2_with_a_guess() {
    let tree = Tree::empty();
    tree.run(["explain", "blocking_sf"])
        .code(2)
        .remarks("there is no rule `blocking_sf`")
        .remarks("did you mean `blocking_fs`?");
    tree.run(["explain", "zzz"]).code(2).remarks("lists all rules");
}
