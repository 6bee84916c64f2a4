#[with_timeout(5s)]
fn handle(request: Request) -> BoxFuture<'static, Result<Reply, Error>> {
    let path = request.path();
    Box::pin(async move { answer(path, request).await })
}
