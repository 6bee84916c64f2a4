//! Words that are no class, and options that are none.

use etiquette::Classify;

#[derive(Classify)]
#[classify(otherwise = fatal)]
enum Unknown {
    A,
}

#[derive(Classify)]
#[classify(otherwise)]
enum Missing {
    A,
}

#[derive(Classify)]
#[classify(default = permanent)]
enum Other {
    #[permanent]
    A,
}

#[derive(Classify)]
#[classify(crate = etiquette)]
enum Relative {
    #[permanent]
    A,
}

#[derive(Classify)]
enum Nested {
    #[classify(transient)]
    A,
}

fn main() {
    let _ = (Unknown::A, Missing::A, Other::A, Relative::A, Nested::A);
}
