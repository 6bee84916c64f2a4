//! `etiquette::sqlx`: the class of what a real SQLite file and a real pool report, and a stop as an `sqlx::Error`.

use std::time::Duration;

use etiquette::{Cancelled, Class, Classify, Stopped, TimedOut, retry};
use sqlx::{
    ConnectOptions, Connection, Error, Row, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};
use tempfile::TempDir;

/// A new database, and how to open it: what is locked is reported at once.
async fn database() -> (TempDir, SqliteConnectOptions) {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("test.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(Duration::ZERO);
    let mut one = options.connect().await.unwrap();
    for table in [
        "create table places (id integer primary key check (id > 0), name text not null unique)",
        "create table visits (place integer references places)",
        "insert into places values (1, 'here')",
    ] {
        run(&mut one, table).await.unwrap();
    }
    one.close().await.unwrap();
    (folder, options)
}

async fn run(on: &mut SqliteConnection, statement: &'static str) -> Result<(), Error> {
    sqlx::query(statement).execute(on).await.map(drop)
}

fn code(error: &Error) -> String {
    error.as_database_error().unwrap().code().unwrap().into_owned()
}

#[tokio::test]
async fn a_locked_database_is_transient() {
    let (_folder, options) = database().await;
    let (mut one, mut other) = (options.connect().await.unwrap(), options.connect().await.unwrap());
    run(&mut one, "begin immediate").await.unwrap();
    let error = run(&mut other, "begin immediate").await.unwrap_err();
    assert_eq!((code(&error).as_str(), error.class()), ("5", Class::Transient));
}

#[tokio::test]
async fn a_snapshot_that_is_too_old_is_transient() {
    let (_folder, options) = database().await;
    let (mut one, mut other) = (options.connect().await.unwrap(), options.connect().await.unwrap());
    run(&mut one, "begin").await.unwrap();
    run(&mut one, "select * from places").await.unwrap();
    run(&mut other, "insert into places values (2, 'there')")
        .await
        .unwrap();
    let error = run(&mut one, "delete from places").await.unwrap_err();
    assert_eq!((code(&error).as_str(), error.class()), ("517", Class::Transient));
}

#[tokio::test]
async fn a_locked_table_of_a_shared_cache_is_transient() {
    let (_folder, options) = database().await;
    let options = options.journal_mode(SqliteJournalMode::Delete).shared_cache(true);
    let (mut one, mut other) = (options.connect().await.unwrap(), options.connect().await.unwrap());
    run(&mut one, "begin immediate").await.unwrap();
    run(&mut one, "insert into places values (2, 'there')")
        .await
        .unwrap();
    let error = run(&mut other, "select * from places").await.unwrap_err();
    assert_eq!((code(&error).as_str(), error.class()), ("262", Class::Transient));
}

#[tokio::test]
async fn a_constraint_or_a_mistake_is_permanent() {
    let (_folder, options) = database().await;
    let mut one = options.connect().await.unwrap();
    for (statement, number) in [
        ("insert into places values (2, 'here')", "2067"),
        ("insert into places values (1, 'there')", "1555"),
        ("insert into places values (2, null)", "1299"),
        ("insert into places values (0, 'there')", "275"),
        ("insert into visits values (7)", "787"),
        ("insert into nowhere values (7)", "1"),
    ] {
        let error = run(&mut one, statement).await.unwrap_err();
        assert_eq!(
            (code(&error).as_str(), error.class()),
            (number, Class::Permanent),
            "{statement}"
        );
    }
    let mut reader = options.clone().read_only(true).connect().await.unwrap();
    let error = run(&mut reader, "delete from places").await.unwrap_err();
    assert_eq!((code(&error).as_str(), error.class()), ("8", Class::Permanent));
    let missing = options.filename("/nowhere/test.db").connect().await.unwrap_err();
    assert_eq!(
        (code(&missing).as_str(), missing.class()),
        ("14", Class::Permanent)
    );
}

#[tokio::test]
async fn rows_and_columns_that_are_not_there_are_permanent() {
    let (_folder, options) = database().await;
    let mut one = options.connect().await.unwrap();
    let none = sqlx::query("select * from visits")
        .fetch_one(&mut one)
        .await
        .unwrap_err();
    assert!(matches!(none, Error::RowNotFound));
    assert_eq!(none.class(), Class::Permanent);
    let row = sqlx::query("select name from places")
        .fetch_one(&mut one)
        .await
        .unwrap();
    for error in [
        row.try_get::<String, _>("age").unwrap_err(),
        row.try_get::<String, _>(7).unwrap_err(),
        row.try_get::<i64, _>("name").unwrap_err(),
    ] {
        assert_eq!(error.class(), Class::Permanent, "{error:?}");
    }
    let error = "sqlite://test.db?mode=none"
        .parse::<SqliteConnectOptions>()
        .unwrap_err();
    assert!(matches!(error, Error::Configuration(_)));
    assert_eq!(error.class(), Class::Permanent);
}

async fn pool(options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_millis(50))
        .connect_with(options)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_pool_that_has_no_connection_did_not_send_and_a_closed_one_never_will() {
    let (_folder, options) = database().await;
    let pool = pool(options).await;
    let held = pool.acquire().await.unwrap();
    let error = pool.acquire().await.unwrap_err();
    assert!(matches!(error, Error::PoolTimedOut));
    assert_eq!(error.class(), Class::NotSent);
    drop(held);
    pool.close().await;
    let error = pool.acquire().await.unwrap_err();
    assert!(matches!(error, Error::PoolClosed));
    assert_eq!(error.class(), Class::Permanent);
}

#[retry(attempts = 100, constant(20ms))]
async fn rename(options: &SqliteConnectOptions, runs: &mut u32) -> Result<(), Error> {
    *runs += 1;
    let mut one = options.connect().await?;
    let mut work = one.begin_with("begin immediate").await?;
    sqlx::query("update places set name = 'moved'")
        .execute(&mut *work)
        .await?;
    work.commit().await
}

/// On the real clock: SQLite is on a thread of its own, and a paused clock would not wait for it.
#[tokio::test]
async fn a_whole_transaction_is_retried_until_the_lock_is_gone() {
    let (_folder, options) = database().await;
    let mut one = options.connect().await.unwrap();
    run(&mut one, "begin immediate").await.unwrap();
    let unlock = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        run(&mut one, "rollback").await.unwrap();
    };
    let mut runs = 0;
    let (renamed, ()) = tokio::join!(rename(&options, &mut runs), unlock);
    renamed.unwrap();
    assert!(runs > 1);
}

#[test]
fn a_stop_is_an_io_error_that_gives_it_back() {
    let cancelled = Stopped::from(Cancelled::new("save"));
    let timed_out = Stopped::from(TimedOut::new("save", Duration::from_secs(5)));
    for (stop, kind, class) in [
        (cancelled, std::io::ErrorKind::Other, Class::Cancelled),
        (timed_out, std::io::ErrorKind::TimedOut, Class::Transient),
    ] {
        let error = Error::from(stop.clone());
        assert_eq!(error.class(), class);
        assert_eq!(
            error.to_string(),
            format!("error communicating with database: {stop}")
        );
        let Error::Io(error) = error else { panic!() };
        assert_eq!(error.kind(), kind);
        assert_eq!(error.downcast::<Stopped>().unwrap(), stop);
    }
}
