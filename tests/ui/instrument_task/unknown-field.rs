//! A field that names nothing: rustc's own error, on the user's own word.

use etiquette::{Stopped, instrument_task};

#[instrument_task(fields(idd, user.name = %usr))]
async fn fetch(id: u64, user: String) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch(1, String::new());
}
