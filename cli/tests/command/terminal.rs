//! A terminal, a pipe, and a reader that has seen enough.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::{BINARY, TWO_FINDINGS, Tree, clean, program};

#[test]
fn a_pipe_gets_no_colors_unless_asked() {
    let tree = Tree::with_findings();
    for args in [
        &["check"][..],
        &["fix"],
        &["list"],
        &["check", "--color", "never"],
    ] {
        let ran = tree.run(args);
        assert!(
            !ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'),
            "{args:?}"
        );
    }
    for args in [&["check", "--color", "always"][..], &["--color=always", "fix"]] {
        assert!(tree.run(args).stdout.contains("\u{1b}["), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colors_and_a_bar() {
    let Some(script) = program(&["script"]) else {
        eprintln!("not tried: there is no `script` to make a terminal with");
        return;
    };
    let tree = Tree::with_findings();
    let on_terminal = |line: String| {
        let mut command = Command::new(&script);
        command
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .env("TERM", "xterm-256color");
        let out = clean(&mut command).current_dir(tree.path("")).output().unwrap();
        (
            out.status.code(),
            String::from_utf8_lossy(&out.stdout).into_owned(),
        )
    };
    let (code, shown) = on_terminal(format!("{BINARY} etiquette check"));
    assert_eq!(code, Some(1), "{shown}");
    assert!(
        shown.contains("\u{1b}[1m") && shown.contains("blocking_sleep"),
        "{shown:?}"
    );
    assert!(shown.contains("Checking ["), "a bar on stderr: {shown:?}");
    let (_, piped) = on_terminal(format!("{BINARY} etiquette check 2>/dev/null | cat"));
    assert!(
        !piped.contains('\u{1b}') && piped.contains("blocking_sleep"),
        "{piped:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_changes_nothing_about_the_status() {
    let tree = Tree::package();
    // More than a pipe holds.
    tree.file("src/lib.rs", TWO_FINDINGS.repeat(400));
    for format in ["human", "json", "sarif", "short", "github"] {
        let mut command = Command::new(BINARY);
        command
            .args(["etiquette", "check", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = clean(&mut command).current_dir(tree.path("")).spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let out = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{format}: {said}");
        assert!(
            !said.contains("panicked") && !said.contains("error"),
            "{format}: {said}"
        );
    }
}
