async fn permits(listener: TcpListener, semaphore: Arc<Semaphore>) -> io::Result<()> {
    loop {
        let permit = semaphore.clone().acquire_owned().await?;
        let (socket, _) = listener.accept().await?;
        tokio::spawn(async move { handle(socket).await; drop(permit) }); //~ detached_spawn
    }
}

async fn counted(listener: TcpListener) -> io::Result<()> {
    let mut tasks = JoinSet::new();
    loop {
        let (socket, _) = listener.accept().await?;
        tasks.spawn(handle(socket));
    }
}

async fn collection(list: Vec<Job>, mut jobs: Receiver<Job>) {
    for job in list {
        tokio::spawn(job.run()); //~ detached_spawn
    }
    while let Some(job) = jobs.recv().await {
        tokio::spawn(job.run()); //~ detached_spawn
    }
    let (socket, _) = listener.accept().await?;
    tokio::spawn(handle(socket)); //~ detached_spawn
}
