async fn by_question_mark() -> Result<(), Error> {
    copy().await?;
    Ok(())
}

async fn by_return(enabled: bool) -> Result<(), Error> {
    if !enabled {
        return Err(Error::Disabled);
    }
    Ok(())
}

async fn by_other_return(enabled: bool) -> Result<(), Error> {
    if !enabled {
        return copy().await;
    }
    Ok(())
}

async fn by_arm() -> Result<(), Error> {
    match copy().await {
        Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn by_break() -> Result<(), Error> {
    loop {
        if let Err(error) = copy().await {
            break Err(error);
        }
    }
}

async fn by_macro(size: usize) -> Result<(), Error> {
    ensure!(size > 0, "empty");
    Ok(())
}

async fn by_question_mark_in_a_macro() -> Result<(), Error> {
    let (first, second) = tokio::join!(async { first().await? }, copy());
    keep!(second?);
    Ok(())
}

fn start() {
    tokio::spawn(by_question_mark()); //~ lost_task_error detached_spawn
    tokio::spawn(by_return(true)); //~ lost_task_error detached_spawn
    tokio::spawn(by_other_return(true)); //~ lost_task_error detached_spawn
    tokio::spawn(by_arm()); //~ lost_task_error detached_spawn
    tokio::spawn(by_break()); //~ lost_task_error detached_spawn
    tokio::spawn(by_macro(1)); //~ lost_task_error detached_spawn
    tokio::spawn(by_question_mark_in_a_macro()); //~ lost_task_error detached_spawn
}
