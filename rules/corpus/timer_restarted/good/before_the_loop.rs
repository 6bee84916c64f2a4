async fn f() {
    let sleep = tokio::time::sleep(D);
    tokio::pin!(sleep);
    loop {
        tokio::select! {
            x = rx.recv() => if use_it(x) { break },
            _ = &mut sleep => flush(),
            _ = interval.tick() => {}
        }
    }
}

async fn once() {
    tokio::select! {
        x = rx.recv() => use_it(x),
        _ = tokio::time::sleep(D) => {}
    }
}
