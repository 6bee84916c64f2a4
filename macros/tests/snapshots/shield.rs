#[with_timeout(1s)]
#[shield]
async fn transfer(ledger: Arc<Ledger>, amount: u32) -> Result<(), Stopped> {
    ledger.withdraw(amount).await;
    ledger.deposit(amount).await; // not to be left out
    Ok(())
}
