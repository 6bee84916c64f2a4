//! Types that borrow without a `&` to be seen, and types that may.

use etiquette::{Stopped, shield};
use std::borrow::Cow;

struct View<'a>(&'a str);

#[shield]
async fn elided(view: View<'_>) -> Result<usize, Stopped> {
    Ok(view.0.len())
}

#[shield]
async fn named<'a>(name: Cow<'a, str>) -> Result<usize, Stopped> {
    Ok(name.len())
}

#[shield]
async fn generic<T: AsRef<str> + Send>(name: T) -> Result<usize, Stopped> {
    Ok(name.as_ref().len())
}

#[shield]
async fn opaque(name: impl AsRef<str> + Send) -> Result<usize, Stopped> {
    Ok(name.as_ref().len())
}

fn main() {
    let _ = (elided(View("")), named("".into()), generic(""), opaque(""));
}
