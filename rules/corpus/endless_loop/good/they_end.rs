async fn ends(mut rx: Receiver<u8>) -> Result<(), Error> {
    loop {
        if rx.recv().await.is_none() { break }
    }
    loop {
        work().await?;
    }
    loop {
        tokio::select! {
            _ = token.cancelled() => return Ok(()),
            _ = interval.tick() => {}
        }
    }
}

async fn no_await_in_it() {
    let mut n = 0;
    loop { n += 1; spin(n); }
}

async fn told_to_stop(running: Flag) {
    loop {
        tick().await;
        check_shutdown(&running);
    }
}

async fn waits_for_a_signal() {
    loop {
        tokio::select! {
            _ = signal.recv() => reload(),
            _ = tick() => {}
        }
    }
}

async fn panics() {
    loop { work().await.unwrap(); }
}

fn sync() { loop { std::thread::park(); } }
