//! How a wish fares against an opening.

/// From worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The opening says otherwise.
    Unmet,
    /// The opening says nothing decisive (要確認).
    Unknown,
    /// The opening says so.
    Met,
}

impl Status {
    /// What a term of the score earns, in quarters of its weight.
    pub(super) fn quarters(self) -> u32 {
        match self {
            Status::Met => 4,
            Status::Unknown => 2,
            Status::Unmet => 0,
        }
    }

    /// Met or unmet by a certain answer.
    pub(super) fn of(met: bool) -> Self {
        if met { Status::Met } else { Status::Unmet }
    }

    /// The status of the contrary.
    pub(super) fn opposite(self) -> Self {
        match self {
            Status::Met => Status::Unmet,
            Status::Unknown => Status::Unknown,
            Status::Unmet => Status::Met,
        }
    }
}

/// The best of a choice; nothing listed is unknown.
pub(super) fn best(choice: impl Iterator<Item = Status>) -> Status {
    choice.max().unwrap_or(Status::Unknown)
}
