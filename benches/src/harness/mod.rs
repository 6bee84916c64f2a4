//! Jobs, contenders, and the loops that run them.

mod drive;
mod measure;
mod shared;

use std::time::Duration;

pub use self::{
    drive::{again, block_on, contender, cut_short, meanwhile},
    measure::{Effort, Times, check, measure},
    shared::shared,
};

/// Who somebody is in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The body by itself.
    Bare,
    /// etiquette.
    Ours,
    /// The same semantics, written by hand with tokio and tokio-util.
    Hand,
    /// Another crate.
    Peer,
    /// Another crate or hand-written code that does so much less that no verdict rests on it.
    Less,
}

/// What one run of many calls took, and what it came to.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// From before the first call to after the last.
    pub elapsed: Duration,
    /// The digests of all results.
    pub sum: u64,
}

/// One way to do a job.
pub struct Contender {
    /// The crate, or what kind of hand-written code.
    pub name: &'static str,
    /// Who it is.
    pub role: Role,
    /// Where it does less, or more, than the others.
    pub note: &'static str,
    run: Box<dyn Fn(u64) -> Sample>,
}

impl Contender {
    /// Says where it does less, or more, than the others.
    #[must_use]
    pub fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    /// Makes that many calls.
    #[must_use]
    pub fn run(&self, calls: u64) -> Sample {
        (self.run)(calls)
    }
}

/// What a goal compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The hand-written form.
    Hand,
    /// Whichever peer is fastest in this run.
    BestPeer,
    /// A certain contender.
    Named(&'static str),
}

/// At most this many times what somebody else takes.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// Whom it is about.
    pub against: Against,
    /// The largest ratio.
    pub at_most: f64,
    /// Whether the design lists it. Otherwise it is only that we want to be ahead.
    pub listed: bool,
}

/// One thing to do, and all who do it.
pub struct Job {
    /// For the command line.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What is to be reached. Empty: shown, not judged.
    pub goals: Vec<Goal>,
    /// Whether the calls stay on this thread, so that its allocations and instructions can be counted.
    pub countable: bool,
    /// In the order of the rows.
    pub contenders: Vec<Contender>,
}

impl Job {
    /// A job without goals.
    #[must_use]
    pub fn new(id: &'static str, title: &'static str, contenders: Vec<Contender>) -> Self {
        Self {
            id,
            title,
            goals: Vec::new(),
            countable: true,
            contenders,
        }
    }

    /// Adds a goal of the design.
    #[must_use]
    pub fn goal(mut self, against: Against, at_most: f64) -> Self {
        let listed = true;
        self.goals.push(Goal {
            against,
            at_most,
            listed,
        });
        self
    }

    /// Adds somebody to be ahead of, or not far behind.
    #[must_use]
    pub fn ahead(mut self, against: Against, at_most: f64) -> Self {
        let listed = false;
        self.goals.push(Goal {
            against,
            at_most,
            listed,
        });
        self
    }

    /// Says that it has threads of its own.
    #[must_use]
    pub fn threaded(mut self) -> Self {
        self.countable = false;
        self
    }
}
