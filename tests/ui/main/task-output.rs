//! Outputs that do not say whether the task has failed.

use etiquette::{Drain, Tasks};

struct Summary;
struct Mute;

#[etiquette::main]
async fn main(tasks: Tasks) {
    drop(tasks.spawn("summary", async { Summary }));
    drop(tasks.spawn("mute", async { Err::<(), _>(Mute) }));
    drop(tasks.every("often", 5, || async {}));
    let _ = tasks.shutdown(Drain { finish: 5 }).await;
}
