use etiquette::retry;
use sqlx::{PgPool, Postgres, Transaction};

#[retry]
async fn transfer(pool: &PgPool, amount: i64) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    tx.commit().await
}

async fn inner(tx: &mut Transaction<'_, Postgres>) -> Result<(), sqlx::Error> {
    Ok(())
}

#[retry]
async fn own(tx: &mut crate::ledger::Transaction) -> Result<(), Error> {
    Ok(())
}

#[other::retry]
async fn foreign(tx: &mut Transaction<'_, Postgres>) -> Result<(), Error> {
    Ok(())
}
