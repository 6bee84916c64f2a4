use other::crypto;

async fn handler() {
    crypto::derive(1);
    acme::crypto::derive_async(1).await;
    pool::run_blocking(|| acme::crypto::derive(1)).await;
    acme::crypto::derive(1).await;
}

fn sync() { acme::crypto::derive(1); }
