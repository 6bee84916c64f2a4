struct PaymentClient;

impl PaymentClient {
    async fn charge(&self) { //~ outbound_needs_timeout
        self.http.post(url).send().await;
    }
}

async fn fetch_rates() { //~ outbound_needs_timeout
    get(url).await;
}
