use etiquette::{Scope, with_timeout};

async fn request() {
    let scope = Scope::new();
    scope.run(async {
        let h = tokio::spawn(work()); //~ spawn_in_scope
        h.await
    }).await;
    Scope::current().child().run(async { tokio::spawn(work()).await }).await; //~ spawn_in_scope
}

#[with_timeout(5s, inherit)]
async fn inherits() -> Result<(), Error> {
    tokio::spawn(work()).await? //~ spawn_in_scope
}

#[etiquette::cancellable(Scope::current())]
async fn cancellable() {
    let h = tokio::spawn(work()); //~ spawn_in_scope
}
