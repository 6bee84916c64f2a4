async fn poll(client: Client, token: CancellationToken) {
    while !token.is_cancelled() {
        client.next().await;
    }
    while let Some(x) = rx.recv().await { use_it(x).await; }
    for x in list { use_it(x).await; }
}

#[etiquette::cancellable]
async fn attribute(token: CancellationToken) {
    loop { if step().await { break } }
}
