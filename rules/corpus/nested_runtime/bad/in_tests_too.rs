#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn t() {
        tokio::runtime::Runtime::new().unwrap().block_on(work()); //~ nested_runtime
    }
}
