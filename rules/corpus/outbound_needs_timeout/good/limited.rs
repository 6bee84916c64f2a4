use etiquette::with_timeout;

struct PaymentClient;

impl PaymentClient {
    #[with_timeout(5s)]
    async fn charge(&self) {
        self.http.post(url).send().await;
    }

    async fn refund(&self) {
        tokio::time::timeout(D, self.http.post(url).send()).await;
    }

    fn build(&self) {}
}

struct Other;

impl Other {
    async fn charge(&self) {}
}
