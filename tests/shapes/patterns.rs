//! Parameters that are patterns, and how long arguments live.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::cell::RefCell;
use std::rc::Rc;

struct Wrapped(u8);

// H33
#[retry(attempts = 2, clone(b))]
async fn taken_apart(
    (a, mut b): (u8, u8),
    [c]: [u8; 1],
    Wrapped(d): Wrapped,
    &e: &u8,
    h @ 0..=255: u8,
) -> Result<u8, Error> {
    b += 1;
    tick().await;
    Ok(a + b + c + d + e + h)
}

// H34
#[with_timeout(5s)]
async fn conditional(#[cfg(any())] fd: i32, #[cfg(not(any()))] n: i32) -> Result<i32, Error> {
    tick().await;
    Ok(n)
}

// H36, H37
#[with_timeout(5s)]
async fn by_ref_mut(ref mut b: String, mut c: String) -> Result<String, Error> {
    b.push('x');
    c.push('y');
    tick().await;
    Ok(format!("{b}{c}"))
}

// H38
struct Pair(#[allow(dead_code)] Noisy, u8);

#[with_timeout(5s)]
async fn partial_move(Pair(_, n): Pair) -> Result<u8, Error> {
    tick().await;
    Ok(n)
}

// H41, H43, H44, H45
#[with_timeout(5s)]
async fn odd_names(__etq_out: u8, r#match: u8, token: u8, attempt: u8, span: u8, e: u8) -> Result<u8, Error> {
    tick().await;
    Ok(__etq_out + r#match + token + attempt + span + e)
}

#[retry(attempts = 2, clone(_x))]
async fn r#type(_x: String) -> Result<u8, Error> {
    tick().await;
    Ok(1)
}

/// Says when it is dropped.
#[derive(Clone)]
struct Noisy(&'static str, Rc<RefCell<Vec<&'static str>>>);

impl Drop for Noisy {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

// H35, H40: the same three functions, plain and under layers.
macro_rules! drop_order {
    ($name:ident, $(#[$attr:meta])*) => {
        $(#[$attr])*
        async fn $name(_a: Noisy, b: Noisy, _: Noisy) -> Result<(), Error> {
            let _local = Noisy("local", Rc::clone(&b.1));
            let _ = &b;
            tick().await;
            Ok(())
        }
    };
}
drop_order!(plain,);
drop_order!(timed, #[with_timeout(5s)]);
drop_order!(retried, #[retry(attempts = 2)]);
drop_order!(cancelled, #[cancellable(future = std::future::pending::<()>())]);
drop_order!(stacked, #[instrument_task] #[with_timeout(5s, total)] #[retry(attempts = 2)] #[with_timeout(1s, attempt)]);

type Log = Rc<RefCell<Vec<&'static str>>>;

fn dropped<F: Future>(f: impl Fn(Noisy, Noisy, Noisy) -> F, poll: bool) -> Vec<&'static str> {
    let log = Log::default();
    let noisy = |name| Noisy(name, Rc::clone(&log));
    let future = f(noisy("a"), noisy("b"), noisy("wild"));
    if poll {
        run(future);
    } else {
        drop(future); // H39
    }
    log.take()
}

#[test]
fn arguments_are_dropped_as_in_the_plain_function() {
    for poll in [true, false] {
        let expected = dropped(plain, poll);
        assert_eq!(expected.len(), if poll { 4 } else { 3 });
        assert_eq!(dropped(timed, poll), expected, "with_timeout, polled: {poll}");
        assert_eq!(dropped(retried, poll), expected, "retry, polled: {poll}");
        assert_eq!(dropped(cancelled, poll), expected, "cancellable, polled: {poll}");
        assert_eq!(dropped(stacked, poll), expected, "stack, polled: {poll}");
    }
}

#[test]
fn patterns_bind_as_written() {
    run(async {
        assert_eq!(taken_apart((1, 2), [3], Wrapped(4), &5, 6).await.unwrap(), 22);
        assert_eq!(conditional(3).await.unwrap(), 3);
        assert_eq!(by_ref_mut("a".into(), "b".into()).await.unwrap(), "axby");
        let log = Log::default();
        assert_eq!(
            partial_move(Pair(Noisy("p", Rc::clone(&log)), 3)).await.unwrap(),
            3
        );
        assert_eq!(log.take(), ["p"]);
        assert_eq!(odd_names(1, 2, 3, 4, 5, 6).await.unwrap(), 21);
        assert_eq!(r#type(String::new()).await.unwrap(), 1);
    });
}
