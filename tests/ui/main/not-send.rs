//! A task may go from thread to thread; the body of `main` does not.

use etiquette::Tasks;
use std::rc::Rc;

#[etiquette::main]
async fn main(tasks: Tasks) {
    let fine = Rc::new(7);
    tokio::task::yield_now().await;
    drop(fine);
    drop(tasks.spawn("shares", async {
        let rc = Rc::new(7);
        tokio::task::yield_now().await;
        drop(rc);
    }));
}
