#[with_timeout(until = deadline, error = Error::TooLate)]
pub async fn fetch(deadline: Option<Instant>, list: &mut Vec<u8>) -> Result<usize, Error> {
    list.push(read().await?);
    Ok(list.len())
}
