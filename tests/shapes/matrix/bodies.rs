//! Functions by what their bodies do.

use super::shapes;
use crate::{Error, tick};

shapes! {
    question_mark: "`?` in the body" refused(shield) {
        async fn f(s: &str) -> Result<i32, Error> { let n: i32 = s.parse()?; tick().await; Ok(n) }
    } => (f("7").await, f("x").await);

    question_mark_owned: "`?` in the body, on what it owns" {
        async fn f(s: String) -> Result<i32, Error> { let n: i32 = s.parse()?; tick().await; Ok(n) }
    } => (f("7".to_owned()).await, f("x".to_owned()).await);

    early_return: "an early `return Err`" {
        async fn f(fail: bool) -> Result<u8, Error> {
            if fail { return Err(Error::Busy); }
            tick().await;
            Ok(1)
        }
    } => (f(false).await, f(true).await);

    nested_closure: "a closure with `return` and `?` of its own" refused(shield) {
        async fn f(s: &str) -> Result<usize, Error> {
            let first = |s: &str| -> Option<usize> {
                if s.is_empty() { return Some(0); }
                s.find('b').map(|at| at + 1)?.checked_add(1)
            };
            tick().await;
            Ok(first(s).unwrap_or(9))
        }
    } => (f("ab").await, f("").await, f("c").await);

    option_in_a_block: "`?` on an `Option` in an inner `async` block" refused(shield) {
        async fn f(list: &[u8]) -> Result<Option<u8>, Error> {
            let first = async { tick().await; Some(*list.first()? + 1) };
            Ok(first.await)
        }
    } => (f(&[1]).await, f(&[]).await);

    labels: "labelled loops and blocks with a value" refused(shield) {
        async fn f(lists: &[Vec<u8>]) -> Result<u8, Error> {
            let found = 'block: {
                'outer: for list in lists {
                    for item in list {
                        match item {
                            0 => continue 'outer,
                            9 => break 'block 9,
                            _ => tick().await,
                        }
                    }
                }
                1
            };
            Ok(found)
        }
    } => f(&[vec![0, 9], vec![3, 9]]).await;

    only_returns: "a loop that is only left by `return`" refused(shield) {
        async fn f(list: &[u8]) -> Result<usize, Error> {
            let mut n = 0;
            loop {
                tick().await;
                n += 1;
                if n > list.len() { return Ok(n); }
            }
        }
    } => f(&[1, 2]).await;

    items: "items inside the body"
    given { type Shadowed = Result<u8, Error>; } {
        async fn f() -> Shadowed {
            use std::collections::BTreeMap;
            const BUDGET: u8 = 2;
            struct Local(u8);
            macro_rules! add { ($a:expr) => { $a + BUDGET }; }
            mod inner { pub(super) type Shadowed = (); }
            use inner::*;
            let () = Shadowed::default();
            let map = BTreeMap::from([(1, Local(3))]);
            tick().await;
            Ok(add!(map[&1].0))
        }
    } => f().await;

    inner_attributes: "inner attributes" {
        async fn f() -> Result<u8, Error> {
            #![allow(unused_variables, reason = "as written")]
            let x = 1;
            tick().await;
            Ok(2)
        }
    } => f().await;

    // H57: as it compiles in edition 2024; when it is dropped in either edition is in `hygiene/shared/tail.rs`.
    tail_temporaries: "a temporary in the tail that borrows a local" refused(shield)
    given { use std::cell::RefCell; } {
        async fn f(text: &str) -> Result<usize, Error> {
            tick().await;
            let cell = RefCell::new(text.to_owned());
            Ok::<_, Error>(cell.borrow().len())
        }
    } => f("abc").await;

    select_and_join: "`tokio::select!` and `tokio::join!`" {
        async fn f() -> Result<(u8, u8), Error> {
            let selected = tokio::select! { biased; () = tick() => 1, else => 2 };
            let ((), joined) = tokio::join!(tick(), async { 3 });
            Ok((selected, joined))
        }
    } => f().await;

    recursion: "recursion, boxed where it calls itself" refused(shield) {
        async fn f(n: u64) -> Result<u64, Error> {
            if n == 0 { return Ok(0); }
            Ok(Box::pin(f(n - 1)).await? + 1)
        }
    } => f(5).await;

    recursion_boxed: "recursion, in a boxed future" {
        fn f(n: u64) -> std::pin::Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>> {
            Box::pin(async move {
                if n == 0 { return Ok(0); }
                Ok(f(n - 1).await? + 1)
            })
        }
    } => f(5).await;

    spawned: "a future that is spawned" {
        async fn f(list: Vec<u8>) -> Result<usize, Error> { tick().await; Ok(list.len()) }
    } => tokio::spawn(f(vec![1, 2])).await.expect("no panic");

    own_names: "functions and methods called like ours"
    given {
        struct Poll;
        impl Poll {
            fn poll(&self) -> u8 { 1 }
            fn retry(&self) -> u8 { 2 }
        }
    } {
        async fn f() -> Result<u8, Error> {
            fn with_timeout() -> u8 { 1 }
            tick().await;
            Ok(with_timeout() + Poll.poll() + Poll.retry())
        }
    } => f().await;
}
