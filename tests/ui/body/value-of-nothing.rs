//! A value where none is declared, and one that is almost the declared one.

use etiquette::instrument_task;

#[instrument_task]
async fn nothing_declared() {
    0
}

#[instrument_task]
async fn almost() -> String {
    ""
}

fn main() {
    let _ = (nothing_declared(), almost());
}

// H62, H63
