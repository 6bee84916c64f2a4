use std::thread as threads;

fn plain() -> impl Future<Output = ()> {
    async { std::thread::sleep(D) } //~ blocking_sleep
}

async fn inside_combinators(list: Vec<u8>) {
    list.iter().for_each(|_| threads::sleep(D)); //~ blocking_sleep
    let f = async || std::thread::sleep(D); //~ blocking_sleep
    tokio::select! {
        _ = ready() => std::thread::sleep(D), //~ blocking_sleep
        _ = async { ::std::thread::sleep(D) } => {} //~ blocking_sleep
    }
    let v = vec![std::thread::sleep(D)]; //~ blocking_sleep
    tokio::join!(async { std::thread::sleep(D) }, other()); //~ blocking_sleep
}

impl Worker {
    async fn method(&self) {
        if self.tired {
            loop {
                std::thread::sleep(D); //~ blocking_sleep
                break;
            }
        }
    }
}

trait Sleeps {
    async fn default(&self) {
        core::convert::identity(std::thread::sleep(D)); //~ blocking_sleep
    }
}
