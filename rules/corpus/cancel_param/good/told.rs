async fn sweep_job(pool: Pool, token: CancellationToken) {
    pool.clean().await;
}

struct X { stop: Stop }

impl X {
    async fn own_job(&self) {
        race(self.work(), self.stop.wait()).await;
    }
}

async fn other(pool: Pool) {
    pool.clean().await;
}

fn plain_job() {}
