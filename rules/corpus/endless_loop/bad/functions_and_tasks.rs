async fn refresh(cache: Cache) {
    let mut interval = tokio::time::interval(D);
    loop { //~ endless_loop
        interval.tick().await;
        cache.refresh();
    }
}

fn start() {
    tokio::spawn(async move { //~ detached_spawn
        while true { //~ endless_loop
            tokio::time::sleep(D).await;
        }
    });
}

async fn raced_work_only() {
    loop { //~ endless_loop
        tokio::select! {
            x = a.recv() => use_it(x),
            y = b.recv() => use_it(y),
        }
    }
}
