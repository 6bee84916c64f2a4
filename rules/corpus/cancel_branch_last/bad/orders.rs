async fn f(token: CancellationToken) {
    tokio::select! {
        x = rx.recv() => use_it(x),
        _ = token.cancelled() => {} //~ cancel_branch_last
    }
    tokio::select! {
        biased;
        x = rx.recv() => use_it(x),
        _ = shutdown.recv() => {} //~ cancel_branch_last
    }
}
