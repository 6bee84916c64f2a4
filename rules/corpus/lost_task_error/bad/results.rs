async fn copy() -> Result<(), Error> { todo() }

fn start() {
    tokio::spawn(async move { //~ lost_task_error detached_spawn
        copy().await?;
        Ok::<_, Error>(())
    });
    tokio::spawn(copy()); //~ lost_task_error detached_spawn
    let _ = tokio::spawn(async { //~ lost_task_error detached_spawn
        if bad { return Err(Error) }
        Ok(())
    });
}
