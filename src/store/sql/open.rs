use super::engine::Db;
use crate::store::{Result, StoreError};
use sqlx::{
    migrate::{MigrateError, Migrator},
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr as _, sync::Mutex, time::Duration};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The store on either database.
#[derive(Debug)]
pub struct SqlStore {
    pub(crate) db: Db,
    /// The file beside a SQLite store that is locked while a daemon runs.
    lock_file: Option<std::path::PathBuf>,
    lock: Mutex<Option<Lock>>,
}

#[derive(Debug)]
#[allow(dead_code, reason = "held for what dropping it does")]
enum Lock {
    File(std::fs::File),
    Session(sqlx::pool::PoolConnection<sqlx::Postgres>),
}

/// Opens a store by its URL (`sqlite:FILE`, `sqlite::memory:`, `postgres://…`), and brings its tables up to date.
///
/// # Errors
/// Where it cannot be reached, or a newer program wrote it.
pub async fn open(url: &str) -> Result<SqlStore> {
    let unreachable = |source| StoreError::Unreachable {
        url: without_password(url),
        source,
    };
    if url.starts_with("postgres") {
        let pool = PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(20))
            .connect(url)
            .await
            .map_err(unreachable)?;
        POSTGRES.run(&pool).await.map_err(migration)?;
        return Ok(SqlStore {
            db: Db::Postgres(pool),
            lock_file: None,
            lock: Mutex::new(None),
        });
    }
    let memory = url.contains(":memory:");
    let options = SqliteConnectOptions::from_str(url)
        .map_err(unreachable)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A committed row must outlive a power cut: what was sent must not be forgotten.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(30))
        .foreign_keys(true);
    let lock_file = (!memory).then(|| {
        let mut name = options.get_filename().as_os_str().to_owned();
        name.push(".lock");
        name.into()
    });
    let pool = SqlitePoolOptions::new()
        // A store in memory lives in its one connection.
        .max_connections(if memory { 1 } else { 4 })
        // With a least number the pool opens connections beside each other, and two that turn a new file to WAL at once meet
        // in a lock that waits for nobody.
        .min_connections(u32::from(memory))
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(60))
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    SQLITE.run(&pool).await.map_err(migration)?;
    Ok(SqlStore {
        db: Db::Sqlite(pool),
        lock_file,
        lock: Mutex::new(None),
    })
}

fn migration(e: MigrateError) -> StoreError {
    match e {
        MigrateError::VersionMissing(v) | MigrateError::VersionTooNew(v, _) => StoreError::Newer(v),
        other => StoreError::Migration(other.to_string()),
    }
}

fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

impl SqlStore {
    /// The number by which PostgreSQL knows our lock: "madoguch" in ASCII.
    const ADVISORY: i64 = 0x6d61_646f_6775_6368;

    pub(crate) async fn take_lock(&self) -> Result<()> {
        let lock = match (&self.db, &self.lock_file) {
            (Db::Postgres(pool), _) => {
                let mut session = pool.acquire().await?;
                let (free,): (bool,) = sqlx::query_as("SELECT pg_try_advisory_lock($1)")
                    .bind(Self::ADVISORY)
                    .fetch_one(&mut *session)
                    .await?;
                if !free {
                    return Err(StoreError::Busy);
                }
                Lock::Session(session)
            }
            (Db::Sqlite(_), Some(path)) => {
                let file = std::fs::File::create(path)?;
                if file.try_lock().is_err() {
                    return Err(StoreError::Busy);
                }
                Lock::File(file)
            }
            (Db::Sqlite(_), None) => return Ok(()),
        };
        *self
            .lock
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(lock);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(
            without_password("postgres://md:geheim@db.example.jp/md"),
            "postgres://…@db.example.jp/md"
        );
        assert_eq!(
            without_password("sqlite:madoguchi.db"),
            "sqlite:madoguchi.db"
        );
    }
}
