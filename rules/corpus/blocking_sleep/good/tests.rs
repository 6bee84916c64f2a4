#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn waits() { std::thread::sleep(D); }
    async fn helper() { std::thread::sleep(D); }
}

#[tokio::test(flavor = "multi_thread")]
async fn outside() { std::thread::sleep(D); }
