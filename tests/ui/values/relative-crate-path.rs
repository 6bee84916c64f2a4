//! The runtime crate is found from any module only by an absolute path.

use etiquette::{Stopped, retry};

#[retry(crate = etiquette)]
async fn plain() -> Result<(), Stopped> {
    Ok(())
}

#[retry(crate = super::etiquette)]
async fn relative() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (plain(), relative());
}

// H161
