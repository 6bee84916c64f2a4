async fn f(token: CancellationToken) {
    tokio::select! {
        biased;
        _ = token.cancelled() => {}
        x = rx.recv() => use_it(x),
    }
    tokio::select! {
        x = a.recv() => use_it(x),
        y = b.recv() => use_it(y),
    }
}
