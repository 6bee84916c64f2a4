#[hedge(after = 50ms)]
async fn read(replicas: &Replicas, key: &str) -> Result<String, std::io::Error> {
    replicas.ask(key).await
}
