use super::{
    SqlStore,
    engine::{Row, args},
};
use crate::store::{Result, Seeker, SeekerChange, Seekers};
use async_trait::async_trait;

/// Who may be suggested openings, of a person `p`, their newest wishes `w` and their newest case `c`.
const SEEKS: &str = "p.kind = 'doctor' AND p.opted_out_at IS NULL AND c.state <> 'rejected'";

const WISHES: &str = "wish_version w ON w.person_id = p.id \
    AND w.version = (SELECT MAX(version) FROM wish_version WHERE person_id = p.id)";

const CASE: &str = "desk_case c ON c.id = (SELECT MAX(id) FROM desk_case WHERE person_id = p.id)";

fn standing() -> String {
    format!(
        "SELECT number, name, profile, wishes FROM person p JOIN {WISHES} JOIN {CASE} WHERE {SEEKS}"
    )
}

fn seeker(r: &Row) -> Result<Seeker> {
    Ok(Seeker {
        number: r.text("number")?,
        name: r.text("name")?,
        profile: r.json("profile")?,
        wishes: r.json("wishes")?,
    })
}

#[async_trait]
impl Seekers for SqlStore {
    async fn seekers(&self) -> Result<Vec<Seeker>> {
        let sql = format!("{} ORDER BY p.id", standing());
        self.db
            .all(&sql, args![])
            .await?
            .iter()
            .map(seeker)
            .collect()
    }

    async fn seeker(&self, person_id: i64) -> Result<Option<Seeker>> {
        let sql = format!("{} AND p.id = $1", standing());
        let row = self.db.optional(&sql, args![person_id]).await?;
        row.as_ref().map(seeker).transpose()
    }

    async fn seekers_changed(&self, after: i64, limit: u32) -> Result<Vec<SeekerChange>> {
        let sql = format!(
            "SELECT s.revision AS revision, s.person_id AS person_id, CASE WHEN {SEEKS} THEN w.person_id END AS seeks, \
             number, name, profile, wishes FROM seeker_change s LEFT JOIN person p ON p.id = s.person_id \
             LEFT JOIN {WISHES} LEFT JOIN {CASE} WHERE s.revision > $1 ORDER BY s.revision LIMIT $2"
        );
        self.db
            .all(&sql, args![after, limit])
            .await?
            .iter()
            .map(|r| {
                let seeks = r.maybe_int("seeks")?.is_some();
                Ok(SeekerChange {
                    revision: r.int("revision")?,
                    person_id: r.int("person_id")?,
                    seeker: seeks.then(|| seeker(r)).transpose()?,
                })
            })
            .collect()
    }
}
