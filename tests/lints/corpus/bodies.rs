//! Bodies of every kind.

use crate::{Error, Noisy, SHARED, tick};
use std::cell::RefCell;
use std::collections::BTreeMap;

#[layers(not(shield))]
async fn early_return(text: &str) -> Result<i32, Error> {
    if text.is_empty() {
        return Err(Error::Busy);
    }
    let number: i32 = text.parse()?;
    tick().await;
    Ok(number)
}

#[layers]
async fn explicit_return(flag: bool) -> Result<u8, Error> {
    tick().await;
    if flag {
        return Ok(1);
    } else {
        return Err(Error::Busy);
    }
}

#[layers]
async fn needless_return(flag: bool) -> Result<u8, Error> {
    tick().await;
    let _ = flag;
    return Ok(1);
}

#[layers]
async fn comments(flag: bool) -> Result<u8, Error> {
    tick().await;
    if flag {
        Ok(1)
    } else {
        Err(Error::Busy)
    }
    // else
} // H95

#[layers]
async fn empty() -> Result<(), Error> {
    Ok(())
}

#[layers]
async fn only_a_call() -> Result<i32, Error> {
    early_return("1").await
}

#[layers]
async fn no_await(number: u8) -> Result<u8, Error> {
    Ok(number)
}

#[layers]
async fn diverges() -> Result<u8, Error> {
    todo!()
}

#[layers(not(shield))]
async fn loops(lists: &[Vec<u8>]) -> Result<u8, Error> {
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

#[layers(not(shield))]
async fn only_returns(start: &RefCell<u8>) -> Result<u8, Error> {
    loop {
        *start.borrow_mut() += 1;
        if *start.borrow() > 3 {
            return Ok(*start.borrow());
        }
    }
}

#[layers]
async fn items() -> Result<u8, Error> {
    use std::collections::BTreeSet;
    const BUDGET: u8 = 2;
    struct Local(u8);
    macro_rules! add {
        ($a:expr) => {
            $a + BUDGET
        };
    }
    let map = BTreeMap::from([(1, Local(3))]);
    let set = BTreeSet::from([1]);
    tick().await;
    Ok(add!(map[&1].0) + u8::from(set.is_empty()))
}

#[layers]
async fn inner_attribute() -> Result<u8, Error> {
    #![allow(unused_variables, reason = "as written")]
    let unused = 1;
    tick().await;
    Ok(2)
}

#[layers]
async fn closures(number: u8) -> Result<u8, Error> {
    let closure = |by: u8| -> u8 {
        if by > 0 {
            return by;
        }
        0
    };
    let block = async {
        if closure(number) == 1 {
            return 2;
        }
        3
    };
    Ok(closure(1) + block.await)
}

#[layers]
async fn shadows(number: u8) -> Result<u8, Error> {
    let number = number + 1;
    let __etq_out = number;
    let out = __etq_out;
    tick().await;
    Ok(out)
}

#[layers(not(shield))]
async fn wrong_in_many_ways(number: u8, unused: u8) -> Result<u8, Error> {
    let mut never_changed = number;
    let text = String::from("x").to_string();
    let clone = text.clone();
    let _ = async { 1 };
    let guard = SHARED.lock();
    tick().await;
    drop(guard);
    if (never_changed == 1) == true {
        println!("{}", clone);
    }
    let noisy = Noisy::default();
    let _ = noisy.clone();
    let result: Result<u8, Error> = Ok(clone.len() as u8);
    result.unwrap();
    Ok(never_changed)
}

#[layers(not(shield))]
async fn macros(list: &[u8]) -> Result<String, Error> {
    let joined = format!("{list:?} {}", list.len());
    assert!(joined.len() > 1, "{joined}");
    let Some(first) = list.first() else {
        return Err(Error::Busy);
    };
    let selected = tokio::select! {
        biased;
        () = tick() => *first,
        () = std::future::pending() => 0,
    };
    Ok(vec![selected; 2].iter().map(|digit| digit.to_string()).collect())
}

#[layers(not(shield))]
async fn questions(text: &str) -> Result<i32, Error> {
    let value = async { text.parse::<i32>().map_err(|_| Error::Busy) }.await?;
    let other: i32 = match text.parse() {
        Ok(other) => other,
        Err(error) => Err(error)?,
    };
    Ok(value + other)
}

#[layers]
async fn tuple() -> Result<(u8, String), Error> {
    let pair = (1, String::new());
    tick().await;
    Ok(pair)
}
