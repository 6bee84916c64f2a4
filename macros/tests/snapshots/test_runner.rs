#[with_timeout(1s)]
#[tokio::test]
async fn answers() {
    ask().await;
}
