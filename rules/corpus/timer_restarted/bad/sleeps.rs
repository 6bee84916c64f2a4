async fn f() {
    loop {
        tokio::select! {
            x = rx.recv() => if use_it(x) { break },
            _ = tokio::time::sleep(D) => flush(), //~ timer_restarted
        }
    }
}
