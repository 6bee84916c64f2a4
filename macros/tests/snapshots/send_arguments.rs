#[with_timeout(5s)]
async fn run(self, callback: Box<dyn Fn() + Send>, (a, b): (u8, Cell<u8>), list: &mut Cell<u8>) -> Result<u8, Error> {
    callback();
    tick().await;
    Ok(self.n + a + b.get() + list.get())
}
