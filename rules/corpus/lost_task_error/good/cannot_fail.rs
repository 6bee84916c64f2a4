// A `Result` only to fit a signature: no error can come out.
async fn clean() -> Result<(), Error> {
    loop {
        if is_offline() {
            break;
        }
        if let Err(error) = clean_folders().await {
            error!("cannot clean: {error}");
        }
    }
    info!("stopped");
    Ok(())
}

async fn measure() -> Result<(), Error> {
    loop {
        usage().set(memory());
        sleep(SECOND).await;
    }
}

async fn once(enabled: bool) -> Result<(), Error> {
    if !enabled {
        return Ok(());
    }
    match load().await {
        Some(found) => keep(found),
        None => info!("nothing to keep"),
    }
    Ok(())
}

fn start() {
    tokio::spawn(clean()); //~ detached_spawn
    tokio::spawn(measure()); //~ detached_spawn
    tokio::spawn(once(true)); //~ detached_spawn
}
