// The last act is a message, and a failed one is logged.
fn answer(replies: mpsc::Sender<Reply>, parts: Vec<Part>) {
    tokio::spawn(async move {
        for part in parts {
            replies.send(search(part).await).await.ok();
        }
        if replies.send(Reply::Done).await.is_err() {
            warn!("the client is gone");
        }
    });
    tokio::spawn(async move {
        if let Err(error) = watcher.send(event).await {
            error!("not delivered: {error}");
        }
    });
    // One message after the other, and nothing else.
    tokio::spawn(async move {
        for key in keys {
            if let Err(error) = watcher.send(Event::Delete(key)).await {
                error!("not delivered: {error}");
            }
        }
    });
}

async fn serve(server: Server) {
    tokio::spawn({
        let handle = server.handle();
        async move {
            signal().await;
            handle.graceful_shutdown(Some(LIMIT));
        }
    });
    server.run().await;
}

async fn stream(replies: mpsc::Sender<Reply>) {
    tokio::spawn(produce(replies.clone()).instrument(span));
    tokio::spawn(async move { produce(replies).await });
}

async fn produce(replies: mpsc::Sender<Reply>) {
    replies.send(search(0).await).await.ok();
    let _ = replies.send(Reply::Done).await;
}
