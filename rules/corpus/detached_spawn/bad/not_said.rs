async fn start(request: Request) {
    // TODO: do not detach this
    tokio::spawn(request.run()); //~ detached_spawn

    // Fire and forget.
    let request = request.clone();
    tokio::spawn(request.run()); //~ detached_spawn

    tokio::spawn(async move { //~ detached_spawn
        sender.send(1).await.ok();
        request.run().await;
    });
    #[cfg(not(test))]
    tokio::spawn(request.run()); //~ detached_spawn
}

async fn ingest(triggers: Vec<Trigger>) {
    // Notifications must not block ingestion.
    for trigger in triggers {
        let trigger = trigger.prepared().await;
        tokio::spawn(evaluate(trigger)); //~ detached_spawn
    }
}
