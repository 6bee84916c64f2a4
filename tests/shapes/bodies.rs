//! Control flow inside the body stays the body's.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::fmt::Debug;

// H46, H47
#[instrument_task]
#[with_timeout(5s)]
async fn early_return(text: &str) -> Result<i32, Error> {
    if text.is_empty() {
        return Err(Error::Busy);
    }
    let n: i32 = text.parse()?;
    tick().await;
    Ok(n)
}

// H48
#[with_timeout(5s, or_return = None)]
async fn option(list: &[u8]) -> Option<u8> {
    let Some(first) = list.first() else { return None };
    tick().await;
    Some(*first + *list.get(1)?)
}

// H49, H50
#[retry(attempts = 2)]
async fn labels(lists: &[Vec<u8>]) -> Result<u8, Error> {
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

// H51
#[retry(attempts = 2)]
async fn nested_returns() -> Result<u8, Error> {
    let closure = |x: u8| -> u8 {
        if x > 0 {
            return x;
        }
        0
    };
    let block = async {
        if closure(1) == 1 {
            return 2;
        }
        3
    };
    Ok(closure(1) + block.await)
}

// H52
#[with_timeout(5s)]
async fn only_returns(mut n: u8) -> Result<u8, Error> {
    loop {
        tick().await;
        n += 1;
        if n > 3 {
            return Ok(n);
        }
    }
}

// H53: the body never comes back, and nothing is said about it.
#[with_timeout(5s)]
async fn diverges() -> Result<u8, Error> {
    panic!("as written")
}

// H54, H55, H60
type Shadowed = Result<u8, Error>;

#[with_timeout(5s)]
async fn items() -> Shadowed {
    use std::collections::BTreeMap;
    const BUDGET: u8 = 2;
    struct Local(u8);
    macro_rules! add {
        ($a:expr) => {
            $a + BUDGET
        };
    }
    mod inner {
        pub(super) type Shadowed = ();
    }
    use inner::*;
    let () = Shadowed::default();
    let map = BTreeMap::from([(1, Local(3))]);
    tick().await;
    Ok(add!(map[&1].0))
}

// H56
#[with_timeout(5s)]
async fn inner_attributes() -> Result<u8, Error> {
    #![allow(unused_variables)]
    let x = 1;
    tick().await;
    Ok(2)
}

// H58
#[cancellable(future = std::future::pending::<()>())]
async fn empty() {}

// H59
#[with_timeout(5s)]
async fn selects() -> Result<u8, Error> {
    Ok(tokio::select! { () = tick() => 1, else => 2 })
}

// H61, H127
struct Poll;
impl Poll {
    fn poll(&self) -> u8 {
        1
    }
    fn retry(&self) -> u8 {
        2
    }
}

#[retry(attempts = 2)]
async fn own_names() -> Result<u8, Error> {
    fn with_timeout() -> u8 {
        1
    }
    Ok(with_timeout() + Poll.poll() + Poll.retry())
}

// H66
#[retry(attempts = 2)]
async fn coerces(early: bool) -> Result<Box<dyn Debug>, Error> {
    if early {
        return Ok(Box::new(1));
    }
    tick().await;
    Ok(Box::new("late"))
}

#[test]
fn control_flow_is_untouched() {
    run(async {
        assert!(matches!(early_return("").await, Err(Error::Busy)));
        assert!(matches!(early_return("x").await, Err(Error::Parse(_))));
        assert_eq!(early_return("7").await.unwrap(), 7);
        assert_eq!(option(&[]).await, None);
        assert_eq!(option(&[1]).await, None);
        assert_eq!(option(&[1, 2]).await, Some(3));
        assert_eq!(labels(&[vec![0, 9], vec![9]]).await.unwrap(), 9);
        assert_eq!(nested_returns().await.unwrap(), 3);
        assert_eq!(only_returns(1).await.unwrap(), 4);
        assert_eq!(items().await.unwrap(), 5);
        assert_eq!(inner_attributes().await.unwrap(), 2);
        empty().await;
        assert_eq!(selects().await.unwrap(), 1);
        assert_eq!(own_names().await.unwrap(), 4);
        assert_eq!(format!("{:?}", coerces(true).await.unwrap()), "1");
        assert_eq!(format!("{:?}", coerces(false).await.unwrap()), "\"late\"");
    });
}

#[test]
fn a_panic_is_the_bodys_own() {
    let panic = std::panic::catch_unwind(|| run(diverges())).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"as written"));
}
