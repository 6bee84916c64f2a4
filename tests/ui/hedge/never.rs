//! A function that never returns cannot be the first to succeed.

use etiquette::hedge;

#[hedge(after = 50ms)]
async fn serve() -> ! {
    loop {
        tokio::task::yield_now().await;
    }
}

fn main() {
    drop(serve());
}
