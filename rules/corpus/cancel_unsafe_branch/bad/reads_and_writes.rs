async fn pump(stream: &mut TcpStream) {
    let mut header = [0; 4];
    loop { //~ endless_loop
        tokio::select! {
            r = stream.read_exact(&mut header) => handle(r), //~ cancel_unsafe_branch
            _ = interval.tick() => ping(),
        }
    }
}

async fn push(out: &mut W) {
    while let Some(x) = next() {
        tokio::select! {
            r = out.write_all(&x) => r?, //~ cancel_unsafe_branch
            m = control.recv() => apply(m),
            y = queue.pop_batch(10) => use_it(y), //~ cancel_unsafe_branch
        }
    }
}
