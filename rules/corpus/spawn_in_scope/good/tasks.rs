async fn request(tasks: &Tasks, scope: other::Scope) {
    let scope_of_ours = etiquette::Scope::new();
    scope_of_ours.run(async { tasks.spawn("work", work()) }).await;
    scope.run(async { tokio::spawn(work()).await }).await;
    let h = tokio::spawn(work());
    rocket.run(async { tokio::spawn(work()).await }).await;
}

#[etiquette::with_timeout(5s)]
async fn own_limit() {
    let h = tokio::spawn(work());
}
