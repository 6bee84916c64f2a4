use tokio::runtime::{Handle, Runtime};
use futures::executor::block_on;

async fn handler(rx: &mut Receiver<u8>, runtime: &Runtime) {
    let x = Handle::current().block_on(work()); //~ nested_runtime
    let y = runtime.block_on(work()); //~ nested_runtime
    let z = block_on(work()); //~ nested_runtime
    rx.blocking_recv(); //~ nested_runtime
    tx.blocking_send(1); //~ nested_runtime
    let guard = self.state.blocking_lock(); //~ nested_runtime
}
