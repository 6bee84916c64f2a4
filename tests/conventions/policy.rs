//! The policy file: who edits it rebuilds its users, and what is wrong with it is told once.

use super::support::{check, copy, edit, is_fresh, messages};

const KRATE: &str = "conventions_silent";

#[test]
fn who_edits_the_policy_rebuilds_its_users() {
    let folder = copy("silent", "edited");
    let policy = folder.join("etiquette.toml");
    assert!(check(&folder).output().unwrap().status.success());
    assert_eq!(is_fresh(&check(&folder).output().unwrap(), KRATE), Some(true));
    edit(
        &policy,
        "preset = \"server\"\n[rules]\nmixed_runtime = \"warn\"\n",
    );
    assert_eq!(is_fresh(&check(&folder).output().unwrap(), KRATE), Some(false));
}

#[test]
fn a_mistake_in_the_policy_is_told_once() {
    let folder = copy("silent", "mistaken");
    let mistaken = "preset = \"server\"\n[rules]\nblocking_fss = \"deny\"\n";
    std::fs::write(folder.join("etiquette.toml"), mistaken).unwrap();
    let output = check(&folder).output().unwrap();
    assert!(!output.status.success());
    let messages = messages(&output);
    assert_eq!(messages.len(), 1, "there are several attributes, and one mistake");
    let text = messages[0]["message"].as_str().unwrap();
    assert!(
        text.contains("etiquette.toml:3:1") && text.contains("did you mean `blocking_fs`?"),
        "{text}"
    );
}

#[test]
fn an_entry_without_effect_is_told_once() {
    let folder = copy("silent", "without-effect");
    let idle = "preset = \"server\"\n[rules]\nraw_spawn = \"deny\"\npolicy_entry_unused = \"deny\"\n";
    std::fs::write(folder.join("etiquette.toml"), idle).unwrap();
    let messages = messages(&check(&folder).output().unwrap());
    assert_eq!(messages.len(), 1);
    let text = messages[0]["message"].as_str().unwrap();
    assert!(
        text.contains("`raw_spawn` is on, but finds nothing without `tasks.spawn`"),
        "{text}"
    );
}
