//! The half-open circuit: a few calls find out for all.

use super::{
    Change, Circuit, Settings, Stamp,
    word::{Kind, Word},
};

type Admitted = Result<(Stamp, Option<Change>), Word>;

impl Circuit {
    /// The first call after the circuit has been open for long enough.
    pub(super) fn first_probe(&self, seen: Word) -> Admitted {
        let wanted = seen.next(Kind::HalfOpen).with_probes(1, 0);
        self.failures.replace(seen, wanted)?;
        Ok((wanted.stamp(), Some(Change::HalfOpened)))
    }

    /// `None`: those that are running will do, if they all succeed.
    pub(super) fn next_probe(&self, seen: Word, settings: &Settings) -> Option<Admitted> {
        let (running, succeeded) = seen.probes();
        if running + succeeded >= settings.probes {
            return None;
        }
        let wanted = seen.with_probes(running + 1, succeeded);
        Some(self.failures.replace(seen, wanted).map(|()| (seen.stamp(), None)))
    }

    #[cold]
    pub(super) fn probe_succeeded(&self, settings: &Settings, stamp: Stamp) -> Option<Change> {
        let mut seen = self.failures.load();
        while seen.stamp() == stamp {
            let (running, succeeded) = seen.probes();
            let succeeded = succeeded + 1;
            if succeeded >= settings.probes {
                match self.close(settings, seen) {
                    Ok(change) => return Some(change),
                    Err(changed) => seen = changed,
                }
            } else {
                match self
                    .failures
                    .replace(seen, seen.with_probes(running.saturating_sub(1), succeeded))
                {
                    Ok(()) => return None,
                    Err(changed) => seen = changed,
                }
            }
        }
        None
    }

    /// A call that says nothing. If it was a probe, another may take its place.
    #[inline]
    pub(crate) fn give_back(&self, stamp: Stamp) {
        if matches!(stamp.kind(), Kind::HalfOpen) {
            self.give_probe_back(stamp);
        }
    }

    #[cold]
    fn give_probe_back(&self, stamp: Stamp) {
        let mut seen = self.failures.load();
        while seen.stamp() == stamp {
            let (running, succeeded) = seen.probes();
            match self
                .failures
                .replace(seen, seen.with_probes(running.saturating_sub(1), succeeded))
            {
                Ok(()) => return,
                Err(changed) => seen = changed,
            }
        }
    }
}
