//! The block comes last.

fn main() {
    let _ = etiquette::retrying!(async { Ok::<(), etiquette::Stopped>(()) }, attempts = 3);
}
