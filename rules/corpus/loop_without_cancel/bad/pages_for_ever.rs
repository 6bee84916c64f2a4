async fn poll(client: Client) {
    loop { //~ loop_without_cancel
        let Some(x) = client.next().await else { break };
        tokio::time::sleep(D).await;
    }
}
