fn start(watcher: mpsc::Sender<Event>) {
    // A request is no message to somebody who waits for this task.
    tokio::spawn(async move { //~ detached_spawn
        if let Err(error) = client.post(url).json(&event).send().await {
            error!("not delivered: {error}");
        }
    });
    // Between the messages there is work, and the work can panic.
    tokio::spawn(async move { //~ detached_spawn
        for key in keys {
            let event = load(key).await;
            if let Err(error) = watcher.send(event).await {
                error!("not delivered: {error}");
            }
        }
    });
    tokio::spawn(async move { //~ detached_spawn
        while let Some(event) = inbox.recv().await {
            if let Err(error) = watcher.send(event).await {
                error!("not delivered: {error}");
            }
        }
    });
    tokio::spawn(async move { //~ detached_spawn
        let found = search().await;
        for one in found {
            if watcher.send(one.converted()).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move { //~ detached_spawn
        if watcher.send(Event::Found).await.is_err() {
            kill_query(id).await;
        }
    });
    tokio::spawn(report(watcher)); //~ detached_spawn
    tokio::spawn(elsewhere(watcher)); //~ detached_spawn
}

async fn report(watcher: mpsc::Sender<Event>) {
    watcher.send(Event::Started).await.ok();
    run().await;
}
