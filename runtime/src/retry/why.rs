//! Why a call is not tried again, or is.

/// What came of the latest attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Succeeded,
    /// It failed, and another follows.
    Again,
    Permanent,
    Attempts,
    Hint,
    Elapsed,
    Deadline,
    Budget,
    Off,
}

impl Why {
    /// Why there is no further attempt; empty where that is no question.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Succeeded | Self::Again => "",
            Self::Permanent => "permanent",
            Self::Attempts => "attempts",
            Self::Hint => "hint",
            Self::Elapsed => "elapsed",
            Self::Deadline => "deadline",
            Self::Budget => "budget",
            Self::Off => "off",
        }
    }
}
