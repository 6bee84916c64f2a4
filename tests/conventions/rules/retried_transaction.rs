//! Breaks `retried_transaction`.

use sqlx::{Postgres, Transaction};

#[etiquette::conventions]
#[etiquette::retry(when = any)]
pub async fn transfer(
    _tx: &mut Transaction<'_, Postgres>, //~ retried_transaction
) -> Result<(), std::io::Error> {
    Ok(())
}
