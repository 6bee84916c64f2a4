//! Who is told, in which order, and what a failure shows.

use std::{panic::catch_unwind, time::Duration};

use tokio::time::advance;

use super::{super::isolate, *};
use crate::telemetry::{Event, tell};

fn attempt(operation: &'static str, number: u32) {
    tell(operation, Event::Attempt { number });
}

#[test]
fn records_what_happens_while_it_is_kept() {
    attempt("app::fetch", 1);
    let recorder = Recorder::install();
    recorder.assert_silent();
    attempt("app::fetch", 2);
    attempt("app::save", 1);
    tell("app::fetch", Event::FellBack);
    recorder.assert_eq(["fetch: attempt 2", "save: attempt 1", "fetch: fell back"]);
    recorder.of("app::fetch").assert_eq(["attempt 2", "fell back"]);
    assert_eq!(recorder.of("fetch").count("attempt"), 1);
    assert_eq!(recorder.of("etch").lines(), Vec::<String>::new());
    let again = Recorder::install();
    attempt("app::save", 2);
    again.assert_eq(["save: attempt 2"]);
    drop(again);
    recorder.clear();
    attempt("app::save", 3);
    recorder.assert_eq(["save: attempt 3"]);
}

#[test]
fn only_an_installed_one_is_told() {
    drop(Recorder::install());
    assert!(!is_recorded());
    let recorder = Recorder::install();
    assert!(is_recorded());
    // Another thread is another test.
    std::thread::spawn(|| {
        assert!(!is_recorded());
        attempt("app::fetch", 1);
    })
    .join()
    .unwrap();
    recorder.assert_silent();
}

#[test]
fn the_threads_of_a_test_are_told_for_each_other() {
    use crate::testing::World;

    let _own = isolate();
    let world = World::current().unwrap();
    let recorder = Recorder::install();
    std::thread::spawn(move || {
        world.adopt_thread();
        attempt("app::fetch", 1);
    })
    .join()
    .unwrap();
    attempt("app::fetch", 2);
    recorder.assert_eq(["fetch: attempt 1", "fetch: attempt 2"]);
}

#[tokio::test(start_paused = true)]
async fn knows_when() {
    let recorder = Recorder::install();
    attempt("f", 1);
    advance(Duration::from_millis(30)).await;
    attempt("f", 2);
    recorder.of("f").assert_at([(0, "attempt 1"), (30, "attempt 2")]);
    recorder.clear();
    advance(Duration::from_millis(5)).await;
    attempt("f", 3);
    recorder.of("f").assert_at([(5, "attempt 3")]);
    let tally = recorder.of("f").tally();
    assert_eq!(
        tally.into_iter().collect::<Vec<_>>(),
        [("attempt 3".to_owned(), 1)]
    );
}

#[test]
fn a_failure_shows_both() {
    let recorder = Recorder::install();
    for number in [1, 2, 4] {
        attempt("app::fetch", number);
    }
    let recorder = std::panic::AssertUnwindSafe(&recorder);
    let failed =
        catch_unwind(|| recorder.assert_eq(["fetch: attempt 1", "fetch: attempt 3", "fetch: attempt 4"]));
    let text = failed.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(
        *text,
        "what the layers did is not what was expected\n  (- expected, + found)\n  fetch: attempt 1\n\
         - fetch: attempt 3\n+ fetch: attempt 2\n  fetch: attempt 4\n"
    );
    let failed = catch_unwind(|| recorder.of("fetch").assert_eq(["attempt 1"]));
    let text = failed.unwrap_err().downcast::<String>().unwrap();
    assert!(text.starts_with("what `fetch` did is not"), "{text}");
    assert!(
        text.ends_with("  attempt 1\n+ attempt 2\n+ attempt 4\n"),
        "{text}"
    );
}
