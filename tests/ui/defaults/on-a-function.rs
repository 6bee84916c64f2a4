#[etiquette::defaults(with_timeout(5s))]
async fn fetch() -> Result<(), etiquette::Stopped> {
    Ok(())
}

fn main() {}
