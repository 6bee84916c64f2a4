//! `clone(a, b)` and `attempt = NAME`: what each run of the body is given.

use crate::support::{Error, Runs, ms, sleep};
use etiquette::{Attempt, retry};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// Counts its clones.
#[derive(Default)]
struct Request {
    clones: Rc<Cell<u32>>,
    touched: bool,
}

impl Clone for Request {
    fn clone(&self) -> Self {
        self.clones.set(self.clones.get() + 1);
        Self {
            clones: Rc::clone(&self.clones),
            touched: self.touched,
        }
    }
}

fn consume(request: Request) {
    drop(request);
}

// H168
#[tokio::test(start_paused = true)]
async fn an_argument_is_cloned_before_each_run_but_the_last_possible() {
    #[retry(attempts = 3, constant(0s), clone(request))]
    async fn send(request: Request, runs: &Runs, good: u32) -> Result<u32, Error> {
        consume(request);
        match runs.next() {
            run if run == good => Ok(run),
            _ => Err(Error::Busy),
        }
    }
    #[retry(attempts = 1, clone(request))]
    async fn once(request: Request) -> Result<u32, Error> {
        consume(request);
        Ok(1)
    }
    for (good, clones) in [(1, 1), (2, 2), (3, 2), (9, 2)] {
        let request = Request::default();
        let seen = Rc::clone(&request.clones);
        let _ = send(request, &Runs::default(), good).await;
        assert_eq!(seen.get(), clones, "good at attempt {good}");
        assert_eq!(Rc::strong_count(&seen), 1);
    }
    let request = Request::default();
    let seen = Rc::clone(&request.clones);
    once(request).await.unwrap();
    assert_eq!(seen.get(), 0);
}

#[tokio::test(start_paused = true)]
async fn forever_clones_before_each_run() {
    #[retry(attempts = forever, max_elapsed = 1h, constant(1ms), clone(request))]
    async fn send(request: Request, runs: &Runs) -> Result<u32, Error> {
        consume(request);
        match runs.next() {
            5 => Ok(5),
            _ => Err(Error::Busy),
        }
    }
    let request = Request::default();
    let seen = Rc::clone(&request.clones);
    assert_eq!(send(request, &Runs::default()).await, Ok(5));
    assert_eq!(seen.get(), 5);
}

#[tokio::test(start_paused = true)]
async fn what_one_attempt_changes_the_next_does_not_see() {
    #[retry(attempts = 3, constant(0s), clone(request, list))]
    async fn send(mut request: Request, mut list: Vec<u32>, runs: &Runs) -> Result<usize, Error> {
        assert!(!request.touched && list.is_empty());
        request.touched = true;
        list.push(runs.next());
        if list[0] == 3 {
            Ok(list.len())
        } else {
            Err(Error::Busy)
        }
    }
    assert_eq!(send(Request::default(), vec![], &Runs::default()).await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn without_clone_a_body_may_use_its_arguments_in_every_run() {
    #[retry(attempts = 3, constant(0s))]
    async fn send(request: Request, runs: &Runs) -> Result<u32, Error> {
        sleep(ms(1)).await;
        assert_eq!(request.clones.get(), 0);
        match runs.next() {
            3 => Ok(3),
            _ => Err(Error::Busy),
        }
    }
    assert_eq!(send(Request::default(), &Runs::default()).await, Ok(3));
}

#[tokio::test(start_paused = true)]
async fn a_mutable_reference_is_lent_to_every_run() {
    #[retry(attempts = 4, constant(0s))]
    async fn push(list: &mut Vec<u32>) -> Result<usize, Error> {
        list.push(7);
        if list.len() == 3 { Ok(3) } else { Err(Error::Busy) }
    }
    let mut list = vec![];
    assert_eq!(push(&mut list).await, Ok(3));
    assert_eq!(list, [7, 7, 7]);
}

#[tokio::test(start_paused = true)]
async fn the_body_sees_which_attempt_it_is() {
    #[retry(attempts = 3, constant(20ms), jitter = none, attempt = at)]
    async fn call(seen: &mut Vec<Attempt>) -> Result<(), Error> {
        seen.push(at);
        sleep(ms(5)).await;
        Err(Error::Busy)
    }
    let mut seen = vec![];
    let _ = call(&mut seen).await;
    let seen: Vec<_> = seen
        .iter()
        .map(|at| (at.number, at.of, at.is_last, at.elapsed))
        .collect();
    assert_eq!(
        seen,
        [
            (1, Some(3), false, ms(0)),
            (2, Some(3), false, ms(25)),
            (3, Some(3), true, ms(50)),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn forever_has_no_last_attempt() {
    #[retry(attempts = forever, max_elapsed = limit, constant(20ms), jitter = none, attempt = n)]
    async fn call(limit: Duration, seen: &mut Vec<Attempt>) -> Result<(), Error> {
        seen.push(n);
        assert!(seen.len() < 100, "it runs away");
        Err(Error::Busy)
    }
    let mut seen = vec![];
    let _ = call(ms(40), &mut seen).await;
    let seen: Vec<_> = seen
        .iter()
        .map(|at| (at.number, at.of, at.is_last, at.elapsed))
        .collect();
    assert_eq!(
        seen,
        [
            (1, None, false, ms(0)),
            (2, None, false, ms(20)),
            (3, None, false, ms(40))
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_name_may_hide_an_item_and_be_shadowed_by_the_body() {
    #[expect(dead_code, reason = "hidden in the body of `call`")]
    fn at() {}
    #[retry(attempts = 2, attempt = at)]
    async fn call() -> Result<u32, Error> {
        let first = at.number;
        let at = "shadowed";
        Ok(first + u32::try_from(at.len()).unwrap())
    }
    assert_eq!(call().await, Ok(9));
}
