//! The server of `graceful_shutdown`, as a process of its own, ended by real signals. All times here are real ones: that
//! is what a process has.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    thread::{JoinHandle, sleep, spawn},
    time::{Duration, Instant},
};

/// What the example says in its attribute: 2 s to finish, and half a second to leave.
const DRAIN: Duration = Duration::from_millis(2500);

struct Server {
    process: Child,
    address: String,
    log: Option<JoinHandle<String>>,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_graceful_shutdown"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut hello = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut hello)
            .unwrap();
        let address = hello
            .split([' ', ','])
            .find(|word| word.starts_with("127.0.0.1:"))
            .map(str::to_owned);
        let mut stderr = process.stderr.take().unwrap();
        let log = spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        });
        Self {
            process,
            address: address.unwrap(),
            log: Some(log),
        }
    }

    /// The answer to a request, `None` when there is none.
    fn ask(&self, path: &str) -> JoinHandle<Option<String>> {
        let (address, path) = (self.address.clone(), path.to_owned());
        spawn(move || {
            let mut connection = TcpStream::connect(address).ok()?;
            write!(
                connection,
                "GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n"
            )
            .ok()?;
            let mut answer = String::new();
            connection.read_to_string(&mut answer).ok()?;
            answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned())
        })
    }

    fn signal(&self, signal: &str) {
        let pid = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// How it ended, and what it had logged.
    fn end(&mut self) -> (ExitStatus, String) {
        let status = self.process.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where a test has failed before the end.
        let _ = self.process.kill();
    }
}

const A_MOMENT: Duration = Duration::from_millis(200);

#[test]
fn work_in_flight_finishes_and_nothing_new_begins() {
    let mut server = Server::start();
    assert_eq!(server.ask("/").join().unwrap().as_deref(), Some("hello\n"));
    let slow = [server.ask("/slow"), server.ask("/slow"), server.ask("/slow")];
    sleep(A_MOMENT);
    let start = Instant::now();
    server.signal("-TERM");
    sleep(A_MOMENT);
    assert_eq!(server.ask("/").join().unwrap(), None, "new work is refused");
    for answer in slow {
        assert_eq!(answer.join().unwrap().as_deref(), Some("done\n"));
    }
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(start.elapsed() < DRAIN, "{:?}", start.elapsed());
    assert!(log.contains("no request is left"), "{log}");
    assert!(!log.contains("still running"), "{log}");
}

#[test]
fn what_does_not_end_is_named() {
    let mut server = Server::start();
    assert_eq!(server.ask("/stuck").join().unwrap().as_deref(), Some("started\n"));
    let start = Instant::now();
    server.signal("-TERM");
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(1), "{log}");
    let took = start.elapsed();
    assert!(took >= DRAIN && took < DRAIN + Duration::from_secs(1), "{took:?}");
    let last = log.lines().last().unwrap();
    assert!(
        last.starts_with("error: aborted after 2.5s: `stuck` (spawned at "),
        "{last}"
    );
    assert!(last.contains("graceful_shutdown.rs:"), "{last}");
}

#[test]
fn the_second_signal_exits_at_once() {
    for (first, second) in [("-INT", "-INT"), ("-TERM", "-INT")] {
        let mut server = Server::start();
        assert_eq!(server.ask("/stuck").join().unwrap().as_deref(), Some("started\n"));
        server.signal(first);
        sleep(A_MOMENT);
        let start = Instant::now();
        server.signal(second);
        let (status, log) = server.end();
        assert_eq!(status.code(), Some(130), "{log}");
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
}

#[test]
fn idle_it_ends_at_once() {
    let mut server = Server::start();
    let start = Instant::now();
    server.signal("-INT");
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}
