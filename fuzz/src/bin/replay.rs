//! Runs the files named on the command line, as the fuzzer would: an artifact, or a corpus to see that it still passes.

fn main() -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        etiquette_fuzz::run(&std::fs::read(path)?);
    }
    Ok(())
}
