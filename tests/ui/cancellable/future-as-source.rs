//! A future stands after `future =`.

use etiquette::{Stopped, cancellable};

#[cancellable(tokio::signal::ctrl_c())]
async fn serve() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = serve();
}
