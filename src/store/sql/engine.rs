//! One code base for SQLite and PostgreSQL: an enum of pools, typed arguments and typed rows. `sqlx::Any` would lose
//! booleans and bulk inserts on the way; here every column is BIGINT, TEXT or BYTEA on both.

use crate::store::StoreError;
use chrono::{DateTime, Utc};
use sqlx::{
    AssertSqlSafe, Postgres, Row as _, Sqlite, Transaction,
    postgres::{PgPool, PgRow},
    sqlite::{SqlitePool, SqliteRow},
};

#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

#[derive(Debug, Clone)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

macro_rules! arg_from {
    ($($t:ty => |$v:ident| $e:expr),+ $(,)?) => { $(impl From<$t> for Arg { fn from($v: $t) -> Self { $e } })+ };
}
arg_from! {
    i64 => |v| Arg::Int(Some(v)),
    u32 => |v| Arg::Int(Some(i64::from(v))),
    bool => |v| Arg::Int(Some(i64::from(v))),
    usize => |v| Arg::Int(i64::try_from(v).ok()),
    Option<i64> => |v| Arg::Int(v),
    DateTime<Utc> => |v| Arg::Int(Some(v.timestamp_micros())),
    Option<DateTime<Utc>> => |v| Arg::Int(v.map(|t| t.timestamp_micros())),
    &str => |v| Arg::Text(Some(v.to_owned())),
    &String => |v| Arg::Text(Some(v.clone())),
    String => |v| Arg::Text(Some(v)),
    Option<&str> => |v| Arg::Text(v.map(str::to_owned)),
    Option<String> => |v| Arg::Text(v),
    &[u8] => |v| Arg::Bytes(v.to_vec()),
    Vec<u8> => |v| Arg::Bytes(v),
}

/// `args![a, b, c]`
macro_rules! args {
    ($($e:expr),* $(,)?) => { vec![$($crate::store::sql::engine::Arg::from($e)),*] };
}
pub(crate) use args;

macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql.to_owned()));
        for arg in $args {
            query = match arg {
                Arg::Int(v) => query.bind(v),
                Arg::Text(v) => query.bind(v),
                Arg::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

/// The number of the lock for which writers on PostgreSQL queue: "writers" in ASCII.
const WRITERS: i64 = 0x0077_7269_7465_7273;

type Result<T> = std::result::Result<T, StoreError>;

impl Db {
    /// A transaction that may write. Writers take turns on both engines: SQLite has one write lock, and PostgreSQL is given
    /// one, so that no two transactions can wait for each other's rows.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite(p) => Tx::Sqlite(p.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(p) => {
                let mut tx = p.begin().await?;
                sqlx::query("SELECT pg_advisory_xact_lock($1)")
                    .bind(WRITERS)
                    .execute(&mut *tx)
                    .await?;
                Tx::Postgres(tx)
            }
        })
    }

    pub(crate) async fn all(&self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        Ok(match self {
            Db::Sqlite(p) => bound!(sql, args)
                .fetch_all(p)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Db::Postgres(p) => bound!(sql, args)
                .fetch_all(p)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    pub(crate) async fn optional(&self, sql: &str, args: Vec<Arg>) -> Result<Option<Row>> {
        Ok(match self {
            Db::Sqlite(p) => bound!(sql, args).fetch_optional(p).await?.map(Row::Sqlite),
            Db::Postgres(p) => bound!(sql, args)
                .fetch_optional(p)
                .await?
                .map(Row::Postgres),
        })
    }

    /// Runs one statement by itself and says how many rows it touched.
    pub(crate) async fn run(&self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        Ok(match self {
            Db::Sqlite(p) => bound!(sql, args).execute(p).await?.rows_affected(),
            Db::Postgres(p) => bound!(sql, args).execute(p).await?.rows_affected(),
        })
    }
}

impl Tx {
    pub(crate) async fn run(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        Ok(match self {
            Tx::Sqlite(t) => bound!(sql, args).execute(&mut **t).await?.rows_affected(),
            Tx::Postgres(t) => bound!(sql, args).execute(&mut **t).await?.rows_affected(),
        })
    }

    pub(crate) async fn all(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        Ok(match self {
            Tx::Sqlite(t) => bound!(sql, args)
                .fetch_all(&mut **t)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Tx::Postgres(t) => bound!(sql, args)
                .fetch_all(&mut **t)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    pub(crate) async fn optional(&mut self, sql: &str, args: Vec<Arg>) -> Result<Option<Row>> {
        Ok(match self {
            Tx::Sqlite(t) => bound!(sql, args)
                .fetch_optional(&mut **t)
                .await?
                .map(Row::Sqlite),
            Tx::Postgres(t) => bound!(sql, args)
                .fetch_optional(&mut **t)
                .await?
                .map(Row::Postgres),
        })
    }

    /// One row that must be there.
    pub(crate) async fn one(&mut self, sql: &str, args: Vec<Arg>) -> Result<Row> {
        self.optional(sql, args).await?.ok_or(StoreError::Missing)
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(t) => t.commit().await?,
            Tx::Postgres(t) => t.commit().await?,
        }
        Ok(())
    }

    /// `FOR UPDATE` where the engine has row locks; SQLite already holds the one write lock.
    pub(crate) fn for_update(&self) -> &'static str {
        match self {
            Tx::Sqlite(_) => "",
            Tx::Postgres(_) => " FOR UPDATE",
        }
    }
}

macro_rules! get {
    ($row:expr, $col:expr) => {
        match $row {
            Row::Sqlite(r) => r.try_get($col)?,
            Row::Postgres(r) => r.try_get($col)?,
        }
    };
}

impl Row {
    pub(crate) fn int(&self, col: &str) -> Result<i64> {
        Ok(get!(self, col))
    }

    pub(crate) fn count(&self, col: &str) -> Result<u32> {
        Ok(u32::try_from(self.int(col)?).unwrap_or(u32::MAX))
    }

    pub(crate) fn flag(&self, col: &str) -> Result<bool> {
        Ok(self.int(col)? != 0)
    }

    pub(crate) fn maybe_int(&self, col: &str) -> Result<Option<i64>> {
        Ok(get!(self, col))
    }

    pub(crate) fn text(&self, col: &str) -> Result<String> {
        Ok(get!(self, col))
    }

    pub(crate) fn maybe_text(&self, col: &str) -> Result<Option<String>> {
        Ok(get!(self, col))
    }

    pub(crate) fn bytes(&self, col: &str) -> Result<Vec<u8>> {
        Ok(get!(self, col))
    }

    pub(crate) fn time(&self, col: &str) -> Result<DateTime<Utc>> {
        DateTime::from_timestamp_micros(self.int(col)?).ok_or_else(|| StoreError::corrupt(col))
    }

    pub(crate) fn maybe_time(&self, col: &str) -> Result<Option<DateTime<Utc>>> {
        Ok(self
            .maybe_int(col)?
            .and_then(DateTime::from_timestamp_micros))
    }

    /// A word of a vocabulary.
    pub(crate) fn word<T: std::str::FromStr>(&self, col: &str) -> Result<T> {
        self.text(col)?
            .parse()
            .map_err(|_| StoreError::corrupt(col))
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, col: &str) -> Result<T> {
        serde_json::from_str(&self.text(col)?).map_err(|_| StoreError::corrupt(col))
    }
}
