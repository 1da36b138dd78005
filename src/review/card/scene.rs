//! What the picture of a case shows.

use super::Beside;
use crate::{
    domain::{
        match_::{Match, MatchAnswer},
        opening::Opening,
        wish::{ProfileItem, Wish},
    },
    picture::Sketch,
    store::CaseDetail,
};

/// The suggestions of a case's newest draft, with all that is drawn of them.
#[derive(Debug, Clone)]
pub struct Scene {
    title: String,
    profile: Vec<ProfileItem>,
    wishes: Vec<Wish>,
    matches: Vec<Match>,
    openings: Vec<Opening>,
}

impl Scene {
    /// Nothing where the draft suggests no opening that is still known.
    pub fn of(detail: &CaseDetail, beside: &Beside) -> Option<Scene> {
        let standing = detail.wishes.as_ref()?;
        let answer: MatchAnswer = serde_json::from_value(detail.answer.clone()).ok()?;
        let draft = detail.draft.as_ref()?;
        let (matches, openings): (Vec<Match>, Vec<Opening>) = draft
            .suggestions
            .iter()
            .filter_map(|id| {
                let found = answer.matches.iter().find(|m| m.id == *id)?;
                Some((found.clone(), beside.openings.get(id)?.clone()))
            })
            .unzip();
        (!matches.is_empty()).then(|| Scene {
            title: detail.summary.number.clone(),
            profile: standing.profile.clone(),
            wishes: standing.wishes.clone(),
            matches,
            openings,
        })
    }

    /// As the picture takes it.
    pub fn sketch(&self) -> Sketch<'_> {
        Sketch {
            title: &self.title,
            profile: &self.profile,
            wishes: &self.wishes,
            matches: &self.matches,
            openings: &self.openings,
        }
    }
}
