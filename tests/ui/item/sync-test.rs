//! A test that is not async.

use etiquette::with_timeout;

#[with_timeout(5s)]
#[test]
fn works() {}

fn main() {}
