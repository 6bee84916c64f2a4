//! A function that never returns has no result to try again for.

use etiquette::retry;

#[retry]
async fn serve() -> ! {
    loop {
        tokio::task::yield_now().await;
    }
}

fn main() {
    let _ = serve();
}
