//! What a button carries: `v1:verb:case:revision`. No personal data; everything else is looked up when it is pressed, so
//! that a button works after a restart, and an old one is known as old.

use crate::review::card::Action;

/// What a press asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pressed {
    /// What to do.
    pub action: Action,
    /// The case's row.
    pub case_id: i64,
    /// The revision that the person had before them; 0 where there was no draft.
    pub revision: u32,
}

impl Pressed {
    /// As it stands on a button; at most 100 characters.
    pub fn write(&self) -> String {
        let verb = match self.action {
            Action::Approve => "approve",
            Action::Edit => "edit",
            Action::Write => "write",
            Action::Recipients => "to",
            Action::Reject => "reject",
            Action::Choose => "choose",
            Action::Hold => "hold",
            Action::Resume => "resume",
            Action::Claim => "claim",
            Action::Wishes => "wishes",
            Action::Whole => "whole",
            Action::Files => "files",
            Action::Cancel => "cancel",
            Action::Left(_) => "left",
            Action::Again(_) => "again",
            Action::Close => "close",
        };
        let head = format!("v1:{verb}:{}:{}", self.case_id, self.revision);
        match self.action {
            Action::Left(outbox) | Action::Again(outbox) => format!("{head}:{outbox}"),
            _ => head,
        }
    }

    /// Reads it back; nothing where it is of another version or of another program.
    pub fn read(id: &str) -> Option<Pressed> {
        let mut parts = id.split(':');
        if parts.next() != Some("v1") {
            return None;
        }
        let verb = parts.next()?;
        let case_id = parts.next()?.parse().ok()?;
        let revision = parts.next()?.parse().ok()?;
        let outbox = parts.next();
        let row = || outbox.and_then(|o| o.parse().ok());
        let action = match verb {
            "approve" => Action::Approve,
            "edit" => Action::Edit,
            "write" => Action::Write,
            "to" => Action::Recipients,
            "reject" => Action::Reject,
            "choose" => Action::Choose,
            "hold" => Action::Hold,
            "resume" => Action::Resume,
            "claim" => Action::Claim,
            "wishes" => Action::Wishes,
            "whole" => Action::Whole,
            "files" => Action::Files,
            "cancel" => Action::Cancel,
            "left" => Action::Left(row()?),
            "again" => Action::Again(row()?),
            "close" => Action::Close,
            _ => return None,
        };
        Some(Pressed {
            action,
            case_id,
            revision,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            any::<i64>().prop_map(Action::Left),
            any::<i64>().prop_map(Action::Again),
            prop::sample::select(vec![
                Action::Approve,
                Action::Edit,
                Action::Write,
                Action::Recipients,
                Action::Reject,
                Action::Choose,
                Action::Hold,
                Action::Resume,
                Action::Claim,
                Action::Wishes,
                Action::Whole,
                Action::Files,
                Action::Cancel,
                Action::Close,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(action in action(), case_id: i64, revision: u32) {
            let pressed = Pressed { action, case_id, revision };
            let id = pressed.write();
            prop_assert!(id.len() <= 100);
            prop_assert_eq!(Pressed::read(&id), Some(pressed));
        }

        #[test]
        fn whatever_comes_is_no_panic(id in ".{0,100}") {
            let _ = Pressed::read(&id);
        }
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        for id in [
            "",
            "v2:approve:1:1",
            "v1:approve:1",
            "v1:approve:x:1",
            "v1:burn:1:1",
            "v1:left:1:1",
        ] {
            assert_eq!(Pressed::read(id), None, "{id}");
        }
    }
}
