//! What each layer did in a test, in order.

mod line;
mod log;

use std::{collections::BTreeMap, fmt, marker::PhantomData, sync::Arc, time::Duration};

use self::log::{Log, Recorded};
pub(crate) use self::log::{Logs, is_recorded, tell};
use super::is_called;

/// Records what the layers do from now on, as long as it is kept: on this thread, and on all threads of the
/// [`#[etiquette::test]`](macro@crate::test) it was installed in. Tests that run beside this one are not seen.
///
/// Each thing done is a line: the last part of the operation's name, and what its layer did. The
/// [page on what layers tell](crate::telemetry#lines-of-the-recorder) has them all.
///
/// ```
/// use etiquette::{retry, testing::Recorder};
/// use std::{cell::Cell, io};
///
/// #[retry(attempts = 3, delays(10ms, 20ms), when = any)]
/// async fn fetch(fails: &Cell<u32>) -> io::Result<u32> {
///     match fails.replace(fails.get().saturating_sub(1)) {
///         0 => Ok(7),
///         _ => Err(io::Error::other("busy")),
///     }
/// }
///
/// // in a test: `#[etiquette::test(paused)]`
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let recorder = Recorder::install();
/// assert_eq!(fetch(&Cell::new(1)).await.unwrap(), 7);
/// recorder.assert_eq([
///     "fetch: attempt 1",
///     "fetch: retry in 10ms after error: busy",
///     "fetch: attempt 2",
///     "fetch: recovered with attempt 2",
/// ]);
/// // Of one operation, with the milliseconds on Tokio's clock.
/// recorder.of("fetch").assert_at([
///     (0, "attempt 1"),
///     (0, "retry in 10ms after error: busy"),
///     (10, "attempt 2"),
///     (10, "recovered with attempt 2"),
/// ]);
/// # }
/// ```
#[must_use = "nothing is recorded any more once this is dropped"]
pub struct Recorder {
    log: Arc<Log>,
    // It is about this thread.
    not_send: PhantomData<*const ()>,
}

impl Recorder {
    /// Records from now on. Several may be installed at once; each records everything.
    pub fn install() -> Self {
        Self {
            log: Log::install(),
            not_send: PhantomData,
        }
    }

    /// The lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.all().iter().map(Recorded::line).collect()
    }

    /// What one operation did: the whole name, or how it ends, as in `users::fetch` or `fetch`.
    #[must_use]
    pub fn of(&self, operation: &str) -> OfOperation {
        let mut all = self.all();
        all.retain(|recorded| is_called(recorded.operation, operation));
        OfOperation {
            operation: operation.to_owned(),
            recorded: all,
        }
    }

    /// Forgets the lines so far: the next one is the first, at 0 ms.
    pub fn clear(&self) {
        self.log.clear();
    }

    /// Fails the test unless these are the lines so far.
    ///
    /// # Panics
    ///
    /// When they are not, with both side by side.
    #[track_caller]
    pub fn assert_eq<L: AsRef<str>>(&self, expected: impl IntoIterator<Item = L>) {
        assert_lines("the layers", &self.lines(), &owned(expected));
    }

    /// Fails the test unless no layer had anything to tell.
    ///
    /// # Panics
    ///
    /// When one had, with what it was.
    #[track_caller]
    pub fn assert_silent(&self) {
        self.assert_eq::<&str>([]);
    }

    fn all(&self) -> Vec<Recorded> {
        self.log.all()
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recorder").field(&self.lines()).finish()
    }
}

/// What one operation did, from [`Recorder::of`]: its lines do not repeat the name.
#[derive(Clone, Debug)]
pub struct OfOperation {
    operation: String,
    recorded: Vec<Recorded>,
}

impl OfOperation {
    /// The lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.recorded
            .iter()
            .map(|recorded| recorded.what.clone())
            .collect()
    }

    /// How many of the lines begin with this: `attempt`, `retry`, `refused`, `hedge`.
    ///
    /// ```
    /// use etiquette::{retry, testing::Recorder};
    ///
    /// #[retry(attempts = 3, delays(0ms), when = any)]
    /// async fn fetch() -> Result<u32, std::io::Error> {
    ///     Err(std::io::Error::other("busy"))
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let recorder = Recorder::install();
    /// fetch().await.unwrap_err();
    /// assert_eq!(recorder.of("fetch").count("attempt"), 3);
    /// # }
    /// ```
    #[must_use]
    pub fn count(&self, beginning: &str) -> usize {
        let lines = self.recorded.iter();
        lines
            .filter(|recorded| recorded.what.starts_with(beginning))
            .count()
    }

    /// Fails the test unless these are the lines.
    ///
    /// # Panics
    ///
    /// When they are not, with both side by side.
    #[track_caller]
    pub fn assert_eq<L: AsRef<str>>(&self, expected: impl IntoIterator<Item = L>) {
        assert_lines(&format!("`{}`", self.operation), &self.lines(), &owned(expected));
    }

    /// The same with the milliseconds on Tokio's clock since the recorder was installed or cleared.
    ///
    /// # Panics
    ///
    /// When these are not the lines and their times, with both side by side.
    #[track_caller]
    pub fn assert_at<L: AsRef<str>>(&self, expected: impl IntoIterator<Item = (u64, L)>) {
        let at = |at: Duration, what: &str| format!("{at:?} {what}");
        let expected: Vec<String> = expected
            .into_iter()
            .map(|(ms, line)| at(Duration::from_millis(ms), line.as_ref()))
            .collect();
        let lines: Vec<String> = self
            .recorded
            .iter()
            .map(|recorded| at(recorded.at, &recorded.what))
            .collect();
        assert_lines(&format!("`{}`", self.operation), &lines, &expected);
    }

    /// How often each of the lines was told: for those who come in any order.
    #[must_use]
    pub fn tally(&self) -> BTreeMap<String, usize> {
        let mut tally = BTreeMap::new();
        for line in self.lines() {
            *tally.entry(line).or_default() += 1;
        }
        tally
    }
}

fn owned<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Vec<String> {
    lines.into_iter().map(|line| line.as_ref().to_owned()).collect()
}

#[track_caller]
#[allow(clippy::panic, reason = "that is how a test fails")]
fn assert_lines(whose: &str, found: &[String], expected: &[String]) {
    if found != expected {
        panic!(
            "what {whose} did is not what was expected\n{}",
            line::diff(found, expected)
        );
    }
}

#[cfg(test)]
mod tests;
