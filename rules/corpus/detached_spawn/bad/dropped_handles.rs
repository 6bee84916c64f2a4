use tokio::task;

fn start(handle: &tokio::runtime::Handle) {
    tokio::spawn(work()); //~ detached_spawn
    task::spawn(async move { work().await }); //~ detached_spawn
    let _ = tokio::spawn(work()); //~ detached_spawn
    drop(tokio::spawn(work())); //~ detached_spawn
    _ = tokio::spawn(work()); //~ detached_spawn
    handle.spawn(work()); //~ detached_spawn
    tokio::runtime::Handle::current().spawn(work()); //~ detached_spawn
    if ready {
        tokio::spawn(work()); //~ detached_spawn
    }
    tokio::spawn(work().instrument(span)); //~ detached_spawn
}
