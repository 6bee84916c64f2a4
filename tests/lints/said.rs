//! Crates that deny lints build, and the lints of a user's own body speak of that body.

use crate::clippy::{Hit, hits, write};
use crate::diff::{STACKS, Stack, modules, read};
use crate::source::with_layers;

/// A crate whose root is `root` of the cases, with `names` under each of `stacks`.
fn crate_of(root: &str, names: &[&str], stacks: &[&Stack], whole: &[&str]) -> Vec<(String, String)> {
    let mut all: Vec<&str> = stacks.iter().map(|stack| stack.name).collect();
    all.extend(whole);
    let mut files = vec![("src/lib.rs".to_owned(), format!("{root}{}", modules(&all)))];
    for stack in stacks {
        files.push((format!("src/{}/mod.rs", stack.name), modules(names)));
        files.extend(names.iter().map(|name| {
            let source = with_layers(&read("lints/cases", name), stack);
            (format!("src/{}/{name}.rs", stack.name), source)
        }));
    }
    files.extend(
        whole
            .iter()
            .map(|name| (format!("src/{name}.rs"), read("lints/cases", name))),
    );
    files
}

/// The stacks under which a body may wait.
fn waiting() -> Vec<&'static Stack> {
    STACKS
        .iter()
        .filter(|stack| !stack.layers.contains("blocking"))
        .collect()
}

#[test]
fn crates_that_deny_lints_build() {
    for edition in ["2021", "2024"] {
        let files = crate_of(
            &read("lints/cases", "denied"),
            &["silent"],
            &waiting(),
            &["options", "layers"],
        );
        let said = hits(&write(&format!("denied_{edition}"), edition, &files), false);
        assert_eq!(said, [], "edition {edition}");
    }
}

/// The hits that the comments of `source` announce.
fn announced(file: &str, source: &str) -> Vec<Hit> {
    let announced = source.lines().enumerate().filter_map(|(at, line)| {
        let (code, comment) = line.split_once(" //~ ")?;
        let (lint, word) = comment.split_once(": ").expect("a lint and a word");
        let column = code.find(word).expect("the word is in the line");
        Some(Hit {
            file: file.to_owned(),
            line: at as u64 + 1,
            lint: lint.to_owned(),
            column: column as u64 + 1,
            text: String::new(),
        })
    });
    announced.collect()
}

/// The lints of the user's own code, under each of `stacks`, are those that are announced, where they are.
fn speaks(name: &str, file: &str, stacks: &[&Stack]) {
    let root =
        read("lints/corpus", "lib").replace("#![allow(dead_code, reason = \"nobody calls the corpus\")]", "");
    let files = crate_of(&root, &[file], stacks, &[]);
    let said = hits(&write(name, "2024", &files), false);
    for stack in stacks {
        let path = format!("{}/{file}.rs", stack.name);
        let said: Vec<Hit> = said
            .iter()
            .filter(|hit| hit.file == path)
            .map(|hit| Hit {
                text: String::new(),
                ..hit.clone()
            })
            .collect();
        let source = read("lints/cases", file);
        assert_eq!(said, announced(&path, &source), "{}", stack.name);
    }
}

#[test]
fn lints_of_the_body_speak_of_the_body() {
    speaks("own", "own", &waiting());
}

#[test]
fn lints_of_arguments_speak_of_arguments() {
    let mut once = waiting();
    once.retain(|stack| {
        !["retry", "hedge"]
            .iter()
            .any(|again| stack.layers.contains(again))
    });
    assert!(once.len() > 3);
    speaks("own_mut", "own_mut", &once);
}
