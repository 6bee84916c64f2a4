//! How programs under `#[etiquette::main]` end: processes, signals and exit codes, in real time. The programs are in
//! `programs/main.rs`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

fn start(scenario: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_programs"))
        .arg(scenario)
        .env("RUST_BACKTRACE", "0")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(process: &Child, signal: &str) {
    let pid = process.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &pid])
            .status()
            .unwrap()
            .success()
    );
}

/// Exit code, standard output, standard error.
type Ended = (Option<i32>, String, String);

fn run(scenario: &str) -> Ended {
    let out = start(scenario).wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

/// Sends signals to the program once it is ready, a moment apart; how it ended, and how long after the last.
fn interrupted(scenario: &str, signals: &[&str]) -> (Ended, Duration) {
    let mut process = start(scenario);
    let mut stdout = BufReader::new(process.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    for (n, name) in signals.iter().enumerate() {
        if n > 0 {
            sleep(Duration::from_millis(200));
        }
        signal(&process, name);
    }
    let begun = Instant::now();
    let out = process.wait_with_output().unwrap();
    let took = begun.elapsed();
    let mut text = String::new();
    stdout.read_to_string(&mut text).unwrap();
    (
        (out.status.code(), text, String::from_utf8(out.stderr).unwrap()),
        took,
    )
}

#[test]
fn what_a_program_leaves_running_is_waited_for() {
    assert_eq!(
        run("returns"),
        (Some(0), "ready\nlast words\n".into(), String::new())
    );
    assert_eq!(run("shielded"), (Some(0), "committed\n".into(), String::new()));
    let start = Instant::now();
    assert_eq!(run("blocking"), (Some(0), "written\n".into(), String::new()));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn an_error_is_printed_as_by_any_main() {
    assert_eq!(
        run("fails"),
        (Some(1), String::new(), "Error: \"out of luck\"\n".into())
    );
}

#[test]
fn who_leaves_when_asked_exits_as_the_signal_says() {
    for scenario in ["cancelled", "boxed"] {
        for (name, code) in [("-INT", 130), ("-TERM", 143)] {
            let (ended, _) = interrupted(scenario, &[name]);
            assert_eq!(ended, (Some(code), String::new(), String::new()), "{scenario}");
        }
    }
    // Without a signal it is an error.
    let (code, _, error) = run("own_cancel");
    assert_eq!(code, Some(1));
    assert!(error.starts_with("Error: Cancelled("), "{error}");
}

#[test]
fn an_essential_task_that_ends_is_the_error_of_main() {
    let text = "error: the essential task `listener` failed: address in use\n";
    assert_eq!(run("essential"), (Some(1), String::new(), text.into()));
}

#[test]
fn a_body_that_hears_nobody_is_a_laggard() {
    let (ended, took) = interrupted("body", &["-TERM"]);
    assert_eq!(
        ended,
        (
            Some(1),
            String::new(),
            "error: aborted after 200ms: `main`\n".into()
        )
    );
    assert!((200..1200).contains(&took.as_millis()), "{took:?}");
}

#[test]
fn a_thread_that_is_held_does_not_hold_up_the_end() {
    let start = Instant::now();
    let (code, _, error) = run("blocked");
    assert_eq!(code, Some(1));
    assert!(
        error.starts_with("error: aborted after 200ms: `blocks` (spawned at "),
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    // On the only thread nobody can abort anything: whoever hears the signals ends the process.
    let ((code, _, error), took) = interrupted("blocked_one", &["-TERM"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("error: `blocks` (spawned at "), "{error}");
    assert!(error.contains(") holds up the shutdown after 200ms"), "{error}");
    assert!((200..1200).contains(&took.as_millis()), "{took:?}");
}

#[test]
fn a_second_signal_exits_at_once() {
    for signals in [["-INT", "-INT"], ["-TERM", "-TERM"], ["-TERM", "-INT"]] {
        let (ended, took) = interrupted("long", &signals);
        assert_eq!(ended.0, Some(130), "{signals:?}");
        assert!(took < Duration::from_secs(1), "{took:?}");
    }
}

#[test]
fn a_panic_in_the_body_is_one() {
    let (code, _, error) = run("panics");
    assert_eq!(code, Some(101));
    assert!(error.contains("in the body"), "{error}");
}

#[test]
fn a_program_may_ask_itself_to_end() {
    assert_eq!(run("begins"), (Some(0), "bye\n".into(), String::new()));
    assert_eq!(run("renamed"), (Some(0), "found\n".into(), String::new()));
}
