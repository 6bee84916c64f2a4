//! A source in `self` is cloned where the body has `self` to itself, and this one has no `Clone`.

use etiquette::{CancelSource, Stopped, cancellable};
use tokio_util::sync::CancellationToken;

struct Session(CancellationToken);

impl CancelSource for &Session {
    fn is_cancelled(&mut self) -> bool {
        self.0.is_cancelled()
    }
    fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
        self.0.cancelled()
    }
}

struct Worker {
    session: Session,
    done: u32,
}

impl Worker {
    #[cancellable(self.session)]
    async fn run(&mut self) -> Result<(), Stopped> {
        self.done += 1;
        Ok(())
    }
}

fn main() {
    let mut worker = Worker { session: Session(CancellationToken::new()), done: 0 };
    let _ = worker.run();
}
