//! Every example of a pattern ends by itself, with exit code 0, and says what it is there to show. They run on a real clock,
//! over real connections and with real signals, so a test may take a second.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    io::Read,
    process::{Command, Stdio},
    thread::{sleep, spawn},
    time::{Duration, Instant},
};

/// None of them runs longer than two seconds; what hangs is a failure, not a build that never ends.
const AT_MOST: Duration = Duration::from_secs(30);

/// What `program` prints on standard output and on standard error.
#[track_caller]
fn run(program: &str) -> (String, String) {
    let mut process = Command::new(program)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut err) = (process.stdout.take().unwrap(), process.stderr.take().unwrap());
    let reader = spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).map(|_| text).unwrap()
    });
    let errors = spawn(move || {
        let mut text = String::new();
        err.read_to_string(&mut text).map(|_| text).unwrap()
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > AT_MOST {
            process.kill().unwrap();
        }
        sleep(Duration::from_millis(5));
    };
    let (out, err) = (reader.join().unwrap(), errors.join().unwrap());
    assert_eq!(status.code(), Some(0), "{program}\n{out}{err}");
    (out, err)
}

macro_rules! says {
    ($($name:ident: $($line:literal),+; $($logged:literal),*;)*) => {
        $(
            #[test]
            fn $name() {
                let (out, err) = run(env!(concat!("CARGO_BIN_EXE_", stringify!($name))));
                $(assert!(out.contains($line), "{:?} is not in\n{out}{err}", $line);)+
                $(assert!(err.contains($logged), "{:?} is not in\n{out}{err}", $logged);)*
            }
        )*

        #[test]
        fn each_example_is_run() {
            let tested = [$(stringify!($name)),*];
            for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin")).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap();
                // Those two have tests of their own.
                if !["graceful_shutdown", "storefront"].contains(&name) {
                    assert!(tested.contains(&name), "nobody runs {name}");
                }
                if path.is_file() {
                    let text = std::fs::read_to_string(&path).unwrap();
                    assert!(text.starts_with("//! "), "{name} does not say what it shows");
                    assert!(text.lines().count() < 80, "{name} is too long to be read at a glance");
                }
            }
        }
    };
}

says! {
    async_closures: "3 items, together 6", "a block: answered at call 3", "a closure with its type: answered at call 3"; ;
    async_traits: "native: a key, at read 3", "ping timed out after 100ms",
        "notify timed out after 50ms"; ;
    back_pressure: "40 lines written, none lost", "up to 100 % full", "held back: true", "of 20 samples 12 found no room";
        "the queue is more than 80 % full";
    blocking: "off the thread: the others go on", "in line: the others stand still"; ;
    console: "3 tasks are asked to leave"; ;
    fan_out: "add up to 2870", "at most 4 requests", "20 tasks were spawned, at most 4 at work"; ;
    periodic: "round 1 is done", "round 4 is done", "leaving\nround 5 is done", "polled";
        "task=flush error=the disk is full", "task=flush error=too slow";
    pool: "30 answers over 3 connections", "ask was refused", "free places: 3, idle: 2"; ;
    racing: "the near mirror was first: 42", "hedged: 42", "would have taken: true", "ask timed out after 50ms"; ;
    recursion: "26 files in four folders: 2600 bytes", "folder was cancelled: the window was closed"; ;
    streams: "18 thumbnails", "2 given up", "stopped after tick 5"; ;
    worker_loop: "asked to leave\nfinished ", "none half done;", "are still in the queue"; ;
}
