fn start() -> JoinHandle<()> {
    tokio::spawn(async move { work().await }) //~ task_without_span
}

async fn plain() {}

fn second() -> JoinHandle<()> {
    tokio::spawn(plain()) //~ task_without_span
}
