#[cfg(feature = "test-helpers")]
pub mod test_helpers {
    pub async fn start_mock_endpoint() -> String {
        let server = bind().await;
        tokio::spawn(server.run());
        server.url()
    }
}
