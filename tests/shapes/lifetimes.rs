//! Borrowed arguments and borrowed results.

use crate::{Error, run, tick};
use etiquette::{instrument_task, retry, with_timeout};

struct Held<'a, T>(&'a T);

// H15
#[with_timeout(5s)]
async fn two_elided(a: &str, b: &'_ str) -> Result<usize, Error> {
    tick().await;
    Ok(a.len() + b.len())
}

// H16
#[with_timeout(5s)]
async fn elided_output(a: &str) -> Result<&str, Error> {
    tick().await;
    Ok(a)
}

// H17
#[retry(attempts = 2)]
async fn hidden_in_a_path(held: Held<'_, u8>) -> Result<u8, Error> {
    tick().await;
    Ok(*held.0)
}

// H18
#[retry(attempts = 2)]
async fn outlives<'a, 'b: 'a>(x: &'a str, y: &'b str, longer: bool) -> Result<&'a str, Error> {
    tick().await;
    Ok(if longer { y } else { x })
}

struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    // H19
    #[with_timeout(5s)]
    async fn of_the_impl(&self) -> Result<&'a str, Error> {
        tick().await;
        Ok(self.0)
    }
}

// H20
#[with_timeout(5s)]
async fn higher_ranked<F>(f: F) -> Result<usize, Error>
where
    F: for<'x> Fn(&'x str) -> &'x str,
{
    tick().await;
    Ok(f("abc").len())
}

// H21
#[with_timeout(5s)]
async fn bounded_object(d: &dyn Fn() -> u8) -> Result<Box<dyn Fn() -> u8 + '_>, Error> {
    tick().await;
    Ok(Box::new(move || d() + 1))
}

// H22
#[instrument_task]
#[with_timeout(5s)]
async fn generated_looking<'life0>(x: &'life0 str) -> Result<&'life0 str, Error> {
    tick().await;
    Ok(x)
}

// H23
macro_rules! with_type {
    ($name:ident, $t:ty) => {
        #[with_timeout(5s)]
        async fn $name(p: $t) -> Result<usize, Error> {
            tick().await;
            Ok(*p)
        }
    };
}
with_type!(type_fragment, &usize);

// H25
#[with_timeout(5s)]
async fn opaque_captures(a: &u8) -> Result<impl Iterator<Item = u8>, Error> {
    tick().await;
    Ok(0..*a)
}

#[with_timeout(5s)]
async fn exclusive_argument(list: &mut Vec<u8>) -> Result<&mut u8, Error> {
    list.push(7);
    tick().await;
    Ok(list.last_mut().unwrap_or_else(|| unreachable!()))
}

#[test]
fn borrows_go_in_and_out() {
    run(async {
        assert_eq!(two_elided("ab", "c").await.unwrap(), 3);
        assert_eq!(elided_output("ab").await.unwrap(), "ab");
        assert_eq!(hidden_in_a_path(Held(&3)).await.unwrap(), 3);
        assert_eq!(outlives("x", "y", true).await.unwrap(), "y");
        assert_eq!(Text("t").of_the_impl().await.unwrap(), "t");
        assert_eq!(higher_ranked(|s| &s[1..]).await.unwrap(), 2);
        assert_eq!(bounded_object(&|| 1).await.unwrap()(), 2);
        assert_eq!(generated_looking("x").await.unwrap(), "x");
        assert_eq!(type_fragment(&4).await.unwrap(), 4);
        assert_eq!(opaque_captures(&3).await.unwrap().count(), 3);
        let mut list = vec![];
        *exclusive_argument(&mut list).await.unwrap() += 1;
        assert_eq!(list, [8]);
    });
}
