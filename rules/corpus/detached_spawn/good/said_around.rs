async fn ingest(triggers: Vec<Option<Trigger>>) {
    write().await;
    // Notifications must not block ingestion.
    for trigger in triggers {
        if let Some(trigger) = trigger {
            tokio::spawn(evaluate(trigger));
        }
    }
}
