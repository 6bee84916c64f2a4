fn fire_and_forget(future: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(future);
}

fn answer(reply: impl FnOnce(Answer) + Send + 'static) {
    tokio::spawn(async move {
        plan.rebuilt().await;
        reply(Answer::Done);
    });
    tokio::spawn(async move {
        server.run().await;
        completed.mark_as_done();
    });
    tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        token.cancel();
    });
}

fn start() {
    tokio::spawn(async move {
        if AssertUnwindSafe(listen()).catch_unwind().await.is_err() {
            error!("the listener has stopped");
        }
    });
}

async fn rebalance(mailbox: Mailbox) {
    let close_and_tell = async move {
        close_shards().await;
        let _ = mailbox.send_message(Rebalanced).await;
    };
    tokio::spawn(close_and_tell);
    tokio::spawn(async move {
        serve().await;
        completed.mark_as_done();
        info!("served");
    });
}
