//! `retrying!` without something to run.

fn main() {
    let _ = etiquette::retrying!();
    let _ = etiquette::retrying!(attempts = 3);
    let _ = etiquette::retrying!(attempts = 3,);
}
