//! Queues that have an end: who sends waits while they are full, and says so before they are.

use std::{
    any::type_name,
    panic::Location,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use tokio::sync::mpsc;
pub use tokio::sync::mpsc::error::{SendError, TryRecvError, TrySendError};

/// A queue for at most `capacity` values; 0 counts as 1.
///
/// It is Tokio's [`mpsc::channel`] that can tell how [full](Sender::fill) it is, and that warns once when it
/// gets more than 80 % full (an event with the target `etiquette::queue`, naming the type and where the
/// queue was made). It warns again after it has been less than half full. A queue for fewer than 5 is never
/// warned about: to be full is how it works. With the `metrics` feature the gauge `etiquette_queue_fill` follows it, for
/// the place where it was made.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let (jobs, mut todo) = etiquette::queue::bounded(16);
/// jobs.send("mail").await.unwrap();
/// assert_eq!((jobs.len(), jobs.fill()), (1, 1.0 / 16.0));
/// assert_eq!(todo.recv().await, Some("mail"));
///
/// drop(jobs);
/// assert_eq!(todo.recv().await, None);
/// # }
/// ```
///
/// To take several at a time, by number and time, make a stream of it and use `chunks_timeout` of
/// tokio-stream: `stream::poll_fn(move |cx| todo.poll_recv(cx)).chunks_timeout(100, Duration::from_secs(1))`.
///
/// # Panics
///
/// When `capacity` exceeds what a Tokio semaphore holds, `usize::MAX >> 3`.
#[must_use]
#[track_caller]
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = mpsc::channel(capacity.max(1));
    let episode = Arc::new(Episode {
        #[cfg(feature = "metrics")]
        gauge: crate::metrics::QueueFill::new(Location::caller()),
        made_at: Location::caller(),
        is_open: AtomicBool::new(false),
    });
    let sender = Sender {
        inner: sender,
        episode: Arc::clone(&episode),
    };
    let receiver = Receiver {
        inner: receiver,
        episode,
    };
    (sender, receiver)
}

/// From when a queue got nearly full until it was half empty.
#[derive(Debug)]
struct Episode {
    #[cfg(feature = "metrics")]
    gauge: crate::metrics::QueueFill,
    made_at: &'static Location<'static>,
    is_open: AtomicBool,
}

/// The fewest that are worth a warning.
const LEAST: usize = 5;

impl Episode {
    /// After a value was put in.
    fn put<T>(&self, len: usize, capacity: usize) {
        #[cfg(feature = "metrics")]
        self.gauge.set(|| ratio(len, capacity));
        // len / capacity > 0.8, without going out of range.
        let is_high = capacity >= LEAST && len > capacity - capacity / 5;
        if is_high && !self.is_open.swap(true, Relaxed) {
            warn(type_name::<T>(), self.made_at, len, capacity);
        }
    }

    /// After a value was taken out.
    fn took(&self, len: usize, capacity: usize) {
        #[cfg(feature = "metrics")]
        self.gauge.set(|| ratio(len, capacity));
        if self.is_open.load(Relaxed) && len < capacity.div_ceil(2) {
            self.is_open.store(false, Relaxed);
        }
    }
}

#[cold]
fn warn(of: &'static str, made_at: &'static Location<'static>, len: usize, capacity: usize) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "etiquette::queue",
        of, %made_at, len, capacity,
        "the queue is more than 80 % full: what takes from it does not keep up",
    );
    #[cfg(not(feature = "tracing"))]
    let _ = (of, made_at, len, capacity);
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a ratio to show, of numbers below 2^53"
)]
fn ratio(len: usize, capacity: usize) -> f64 {
    len as f64 / capacity as f64
}

/// The end of a [`bounded`] queue that puts in. A clone is another such end.
#[derive(Debug)]
pub struct Sender<T> {
    inner: mpsc::Sender<T>,
    episode: Arc<Episode>,
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            episode: Arc::clone(&self.episode),
        }
    }
}

impl<T> Sender<T> {
    /// Puts `value` in; waits for room, in line with others.
    ///
    /// # Errors
    ///
    /// The receiver is gone or closed: the error holds the value.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has put nothing in, `value` is dropped, and its place in line is lost.
    pub async fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.inner.send(value).await?;
        self.put();
        Ok(())
    }

    /// Puts `value` in if there is room now.
    ///
    /// # Errors
    ///
    /// The queue is full, or the receiver is gone or closed: the error holds the value.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.inner.try_send(value)?;
        self.put();
        Ok(())
    }

    fn put(&self) {
        self.episode.put::<T>(self.len(), self.capacity());
    }

    /// How full it is, from 0 to 1.
    #[must_use]
    pub fn fill(&self) -> f64 {
        ratio(self.len(), self.capacity())
    }

    /// How many values are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.capacity().saturating_sub(self.inner.capacity())
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values there is room for in all.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.inner.max_capacity()
    }

    /// Whether the receiver is gone or closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.inner.is_closed()
    }

    /// Waits until the receiver is gone or closed.
    pub async fn closed(&self) {
        self.inner.closed().await;
    }
}

/// The end of a [`bounded`] queue that takes out.
#[derive(Debug)]
pub struct Receiver<T> {
    inner: mpsc::Receiver<T>,
    episode: Arc<Episode>,
}

impl<T> Receiver<T> {
    /// Takes the next value out, waiting for one. `None` once all senders are gone and the queue is empty.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it has taken nothing.
    pub async fn recv(&mut self) -> Option<T> {
        let value = self.inner.recv().await?;
        self.took();
        Some(value)
    }

    /// Takes the next value out if there is one.
    ///
    /// # Errors
    ///
    /// The queue is empty; the error says whether another value can come.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let value = self.inner.try_recv()?;
        self.took();
        Ok(value)
    }

    /// [`recv`](Self::recv) for those who poll, such as a stream made by hand.
    pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let value = self.inner.poll_recv(cx);
        if let Poll::Ready(Some(_)) = value {
            self.took();
        }
        value
    }

    fn took(&self) {
        self.episode.took(self.len(), self.capacity());
    }

    /// Takes no more values in; those that are in it can still be taken out.
    pub fn close(&mut self) {
        self.inner.close();
    }

    /// How full it is, from 0 to 1.
    #[must_use]
    pub fn fill(&self) -> f64 {
        ratio(self.len(), self.capacity())
    }

    /// How many values are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// How many values there is room for in all.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.inner.max_capacity()
    }
}

#[cfg(test)]
mod tests;
