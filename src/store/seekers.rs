use super::Result;
use crate::domain::wish::{ProfileItem, Wish};
use async_trait::async_trait;

/// A doctor with standing wishes, who may be suggested an opening.
#[derive(Debug, Clone, PartialEq)]
pub struct Seeker {
    /// The number of their newest case.
    pub number: String,
    /// Their name, as far as it is known.
    pub name: String,
    /// Standing facts.
    pub profile: Vec<ProfileItem>,
    /// Standing wishes.
    pub wishes: Vec<Wish>,
}

/// What changed of a doctor.
#[derive(Debug, Clone, PartialEq)]
pub struct SeekerChange {
    /// The place of the change among all.
    pub revision: i64,
    /// The person.
    pub person_id: i64,
    /// As they stand now; none: they are suggested nothing.
    pub seeker: Option<Seeker>,
}

/// Doctors who may be suggested openings: those with standing wishes who want mail and whose newest case staff have not closed.
#[async_trait]
pub trait Seekers: Send + Sync {
    /// All of them, in the order in which they first came.
    async fn seekers(&self) -> Result<Vec<Seeker>>;

    /// One of them, by the person.
    async fn seeker(&self, person_id: i64) -> Result<Option<Seeker>>;

    /// Whose wishes, facts or standing changed after a revision (0: all), also who was erased, in the order of their last
    /// changes, at most `limit`. Nothing that was changed by anybody is passed over.
    async fn seekers_changed(&self, after: i64, limit: u32) -> Result<Vec<SeekerChange>>;
}
