//! The end of a group: time to finish, time to leave, and then the names of those that did neither.

use std::{error::Error, fmt, panic::Location, time::Duration};

use tokio::time::timeout;

use super::{EssentialEnded, TaskName, Tasks, event};

/// How long a shutdown waits.
///
/// The default is 20 and 5 seconds: together less than the 30 after which Kubernetes kills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drain {
    /// How long running work may go on as if nothing had happened. Default: 20 s.
    pub finish: Duration,
    /// How long it has to leave once it was asked to. Default: 5 s.
    pub cancel: Duration,
}

impl Default for Drain {
    fn default() -> Self {
        Self {
            finish: Duration::from_secs(20),
            cancel: Duration::from_secs(5),
        }
    }
}

impl Drain {
    /// Asks to leave at once, and waits for as long as `cancel` says.
    #[must_use]
    pub const fn within(cancel: Duration) -> Self {
        Self {
            finish: Duration::ZERO,
            cancel,
        }
    }

    pub(crate) const fn total(self) -> Duration {
        self.finish.saturating_add(self.cancel)
    }
}

/// What came of a shutdown.
#[derive(Clone, Debug)]
#[must_use = "it says which tasks did not end"]
pub struct Drained {
    drain: Drain,
    laggards: Vec<Laggard>,
    failure: Option<EssentialEnded>,
}

impl Drained {
    /// The tasks that had to be aborted, in the order in which they began.
    #[must_use]
    pub fn laggards(&self) -> &[Laggard] {
        &self.laggards
    }

    /// How the first essential task ended that was not to.
    #[must_use]
    pub const fn failure(&self) -> Option<&EssentialEnded> {
        self.failure.as_ref()
    }

    /// Nothing, if everything ended in time and nothing essential ended before.
    ///
    /// # Errors
    ///
    /// This report itself: as an error it prints what went wrong, with the names.
    pub fn into_result(self) -> Result<(), Self> {
        match self.is_clean() {
            true => Ok(()),
            false => Err(self),
        }
    }

    /// Whether everything ended in time and nothing essential ended before.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.laggards.is_empty() && self.failure.is_none()
    }
}

impl fmt::Display for Drained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_clean() {
            return f.write_str("all tasks have ended");
        }
        if let Some(failure) = &self.failure {
            failure.fmt(f)?;
        }
        if let [first, rest @ ..] = &*self.laggards {
            let and = if self.failure.is_some() { "; " } else { "" };
            write!(f, "{and}aborted after {:?}: {first}", self.drain.total())?;
            rest.iter().try_for_each(|laggard| write!(f, ", {laggard}"))?;
        }
        Ok(())
    }
}

impl Error for Drained {}

/// A task that did not end when its group did.
///
/// Prints like `` `sync` (spawned at src/main.rs:20:15) ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laggard {
    name: TaskName,
    spawned_at: Option<&'static Location<'static>>,
}

impl Laggard {
    pub(crate) const fn new(name: TaskName, spawned_at: Option<&'static Location<'static>>) -> Self {
        Self { name, spawned_at }
    }

    /// The name it was spawned with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it was spawned; `None` for what was not, such as the body of `main`.
    #[must_use]
    pub const fn spawned_at(&self) -> Option<&'static Location<'static>> {
        self.spawned_at
    }
}

impl fmt::Display for Laggard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.name)?;
        match self.spawned_at {
            Some(at) => write!(f, " (spawned at {at})"),
            None => Ok(()),
        }
    }
}

/// What else has to end, that is no task of the group.
pub(crate) trait Others {
    async fn ended(&self);

    fn laggards(&self) -> Vec<Laggard>;
}

impl Others for () {
    async fn ended(&self) {}

    fn laggards(&self) -> Vec<Laggard> {
        Vec::new()
    }
}

/// How long what was aborted is waited for: its destructors run, unless it holds its thread.
const ABORT: Duration = Duration::from_millis(100);

impl Tasks {
    /// Ends the group: takes nothing new in, waits [`drain.finish`](Drain::finish) for what runs, asks the
    /// rest to leave, waits [`drain.cancel`](Drain::cancel) more, and aborts and reports what is left. Goes
    /// on as soon as all have ended. See [the stages](Tasks#the-stages-of-a-shutdown).
    ///
    /// A task that blocks its thread cannot be aborted; it is reported all the same.
    ///
    /// To be called from outside of the group's tasks: one of them would wait for itself.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it leaves the group where it was: draining, or asked to leave. Called again
    /// it goes on from there, with its time anew.
    pub async fn shutdown(&self, drain: Drain) -> Drained {
        self.drain(drain, &()).await
    }

    pub(crate) async fn drain(&self, drain: Drain, others: &impl Others) -> Drained {
        self.0.draining.cancel();
        self.0.tracker.close();
        let mut laggards = Vec::new();
        if !self.all_ended(drain.finish, others).await {
            self.left(others).iter().for_each(event::asked);
            self.cancel("shutting down");
            if !self.all_ended(drain.cancel, others).await {
                laggards = self.left(others);
                laggards.iter().for_each(event::aborted);
                self.0.running.abort();
                // Whether or not it was enough, they have been named.
                let _ = timeout(ABORT, self.0.tracker.wait()).await;
            }
        }
        Drained {
            drain,
            laggards,
            failure: self.failure(),
        }
    }

    async fn all_ended(&self, limit: Duration, others: &impl Others) -> bool {
        let all = async {
            others.ended().await;
            self.0.tracker.wait().await;
        };
        timeout(limit, all).await.is_ok()
    }

    pub(crate) fn left(&self, others: &impl Others) -> Vec<Laggard> {
        let mut left = others.laggards();
        left.extend(self.running());
        left
    }
}
