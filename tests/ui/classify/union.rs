//! A union cannot say which of its fields holds the error.

use etiquette::Classify;

#[derive(Classify)]
union Error {
    code: u32,
    byte: u8,
}

fn main() {
    let _ = Error { code: 1 };
}
