#[hedge(after = 50ms, clone(key))]
#[with_timeout(1s)]
async fn read(store: &Store, key: Key) -> Result<Value, Error> {
    store.read(key).await
}
