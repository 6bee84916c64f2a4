use etiquette::retry;
use sqlx::{PgConnection, Postgres, Transaction};

#[retry(attempts = 3)]
async fn transfer(
    tx: &mut Transaction<'_, Postgres>, //~ retried_transaction
    amount: i64,
) -> Result<(), sqlx::Error> {
    Ok(())
}

#[etiquette::retry]
async fn on_connection(conn: &mut PgConnection) -> Result<(), sqlx::Error> { //~ retried_transaction
    Ok(())
}
