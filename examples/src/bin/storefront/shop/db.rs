//! The SQLite file: one row per order whose fate is decided.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Fate, Order};

pub(crate) async fn open(file: &Path) -> sqlx::Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options)
        .await?;
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS orders (
            key TEXT PRIMARY KEY, item TEXT, cents INTEGER, charge TEXT,
            placed INTEGER NOT NULL CHECK (placed IN (0, 1))
        ) STRICT",
    )
    .execute(&pool)
    .await?;
    Ok(pool)
}

/// Places the order unless its fate is decided already, and answers what it is. This is the commit point.
pub(super) async fn place(db: &SqlitePool, order: &Order, charge: &str) -> sqlx::Result<Fate> {
    let placed = sqlx::query_scalar(
        "INSERT INTO orders (key, item, cents, charge, placed) VALUES (?, ?, ?, ?, 1)
         ON CONFLICT (key) DO UPDATE SET placed = placed RETURNING placed",
    )
    .bind(&order.key)
    .bind(&order.item)
    .bind(order.cents)
    .bind(charge)
    .fetch_one(db)
    .await?;
    Ok(fate(placed))
}

/// Withdraws the order unless its fate is decided already, and answers what it is.
pub(super) async fn withdraw(db: &SqlitePool, key: &str) -> sqlx::Result<Fate> {
    let placed = sqlx::query_scalar(
        "INSERT INTO orders (key, placed) VALUES (?, 0)
         ON CONFLICT (key) DO UPDATE SET placed = placed RETURNING placed",
    )
    .bind(key)
    .fetch_one(db)
    .await?;
    Ok(fate(placed))
}

fn fate(placed: bool) -> Fate {
    if placed { Fate::Placed } else { Fate::Withdrawn }
}

/// The keys of all placed orders, read through a connection of its own after the shop has closed.
pub(crate) async fn placed(file: &Path) -> sqlx::Result<HashSet<String>> {
    let db = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(SqliteConnectOptions::new().filename(file))
        .await?;
    let keys: Vec<String> = sqlx::query_scalar("SELECT key FROM orders WHERE placed")
        .fetch_all(&db)
        .await?;
    db.close().await;
    Ok(keys.into_iter().collect())
}
