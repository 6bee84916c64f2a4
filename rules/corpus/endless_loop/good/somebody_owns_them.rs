async fn forever() -> ! {
    loop { work().await; }
}

#[tokio::main]
async fn main() {
    loop { work().await; }
}

struct Worker;

impl Worker {
    async fn run(&mut self) {
        loop { self.step().await; }
    }

    async fn until(&mut self, stop: Stop) {
        tokio::select! {
            _ = self.run() => {}
            _ = stop => {}
        }
    }
}

impl Actor for Worker {
    async fn act(&mut self) {
        loop { self.step().await; }
    }
}

async fn limited() {
    tokio::time::timeout(D, async { loop { work().await; } }).await;
    tokio::time::timeout(D, poll_it()).await;
}

async fn poll_it() {
    loop { work().await; }
}

fn kept(&mut self) {
    self.task = tokio::spawn(async move { loop { work().await; } });
    self.set.spawn(async move { loop { work().await; } });
    let raced = async { loop { work().await; } };
}

#[etiquette::cancellable]
async fn by_attribute(stop: CancellationToken) {
    loop { work().await; }
}
