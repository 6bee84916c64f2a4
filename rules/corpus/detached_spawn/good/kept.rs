fn start(set: &mut JoinSet<()>) -> JoinHandle<()> {
    let first = tokio::spawn(work());
    set.spawn(work());
    tracker.spawn(work());
    self.handles.push(tokio::spawn(work()));
    let _guard = tokio::spawn(work());
    etiquette::detach(tokio::spawn(work()), "logs its own errors");
    tokio::spawn(work()).await?;
    let handles: Vec<_> = list.iter().map(|x| tokio::spawn(work(x))).collect();
    std::thread::spawn(work);
    crate::spawn(work());
    command.spawn();
    tokio::spawn(work())
}
