//! Items that no attribute belongs on.

use etiquette::{retry, with_timeout};

#[retry]
struct Struct;

#[retry]
enum Enum {
    A,
}

#[retry]
union Union {
    a: u8,
}

#[with_timeout(5s)]
trait Trait {
    async fn f(&self);
}

#[retry]
impl Struct {
    async fn f(&self) {}
}

#[retry]
mod module {}

#[retry]
use std::fmt;

#[retry]
static STATIC: u8 = 0;

#[retry]
const CONST: u8 = 0;

#[retry]
type Alias = u8;

#[retry]
macro_rules! rules {
    () => {};
}

fn main() {
    rules!();
    let _ = (Struct.f(), Enum::A, Union { a: STATIC }, CONST as Alias, fmt::Error);
}

// H82, H83
