async fn pump(stream: &mut TcpStream) {
    loop { //~ endless_loop
        tokio::select! {
            r = stream.read(&mut buffer) => handle(r),
            line = lines.next_line() => handle(line),
            _ = interval.tick() => ping(),
        }
    }
}

async fn others_leave(stream: &mut TcpStream) {
    loop {
        tokio::select! {
            r = stream.read_exact(&mut header) => handle(r),
            _ = token.cancelled() => return,
            _ = deadline => { log(); break }
        }
    }
}

async fn once(stream: &mut TcpStream) {
    tokio::select! {
        r = stream.read_exact(&mut header) => handle(r),
        _ = tick() => {}
    }
}

async fn pinned(stream: &mut TcpStream) {
    let read = stream.read_exact(&mut header);
    tokio::pin!(read);
    loop {
        tokio::select! {
            r = &mut read => return r,
            _ = interval.tick() => ping(),
        }
    }
}
