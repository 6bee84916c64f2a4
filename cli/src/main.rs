//! `cargo etiquette`: the binary; everything it does is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_etiquette::run(std::env::args_os())
}
