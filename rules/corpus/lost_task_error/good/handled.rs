async fn log() {}
async fn answer() -> Option<u8> { None }
fn sync() -> Result<impl Future, E> { todo() }

fn start() -> JoinHandle<Result<(), Error>> {
    tokio::spawn(log()); //~ detached_spawn
    tokio::spawn(answer()); //~ detached_spawn
    tokio::spawn(elsewhere()); //~ detached_spawn
    tokio::spawn(async move { //~ detached_spawn
        if let Err(error) = copy().await { report(error) }
    });
    tokio::spawn(async move { //~ detached_spawn
        let first = list.first()?;
        Some(first)
    });
    let kept = tokio::spawn(async move { copy().await?; Ok::<_, Error>(()) });
    tokio::spawn(async move { copy().await?; Ok(()) })
}
