//! A struct has one decision, and nothing else that `otherwise` could be about.

use etiquette::Classify;

#[derive(Classify)]
#[classify(otherwise = permanent)]
struct Error;

fn main() {
    let _ = Error;
}
