use std::thread::sleep;

fn sync() {
    sleep(D);
}

async fn on_other_threads() {
    tokio::task::spawn_blocking(|| sleep(D)).await;
    std::thread::spawn(move || { sleep(D) });
    tokio::task::block_in_place(|| sleep(D));
    std::thread::Builder::new().spawn(|| sleep(D));
    pool.execute(|| sleep(D));
    rayon::spawn(|| sleep(D));
    list.par_iter().for_each(|_| sleep(D));
    call_with_permit(move |_| Ok(sleep(D))).await;
    fn inner() { sleep(D) }
}
