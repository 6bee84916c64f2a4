//! A `main` that cannot wait.

#[etiquette::main]
fn main() {}
