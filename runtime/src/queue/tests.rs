use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::*;

const S: Duration = Duration::from_secs(1);

/// Whether the queue has warned and not yet calmed down.
fn is_warned<T>(sender: &Sender<T>) -> bool {
    sender.episode.is_open.load(Relaxed)
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_makes_the_sender_wait() {
    let (sender, mut receiver) = bounded(2);
    let start = Instant::now();
    tokio::spawn(async move {
        for n in 0..4 {
            sleep(S).await;
            assert_eq!(receiver.recv().await, Some(n));
        }
        assert_eq!(receiver.recv().await, None);
    });
    for n in 0..4 {
        sender.send(n).await.unwrap();
    }
    assert_eq!(start.elapsed(), 2 * S);
}

#[tokio::test(start_paused = true)]
async fn both_ends_see_how_full_it_is() {
    let (sender, mut receiver) = bounded(4);
    assert!(sender.is_empty() && receiver.is_empty());
    sender.try_send('a').unwrap();
    sender.clone().send('b').await.unwrap();
    assert_eq!((sender.len(), receiver.len(), sender.capacity()), (2, 2, 4));
    assert_eq!((sender.fill(), receiver.fill()), (0.5, 0.5));
    assert_eq!(receiver.try_recv(), Ok('a'));
    assert_eq!((sender.fill(), receiver.capacity()), (0.25, 4));
    assert_eq!(std::future::poll_fn(|cx| receiver.poll_recv(cx)).await, Some('b'));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    let (one, _receiver) = bounded::<()>(0);
    assert_eq!(one.capacity(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_warns_above_80_percent_once_per_episode() {
    let (sender, mut receiver) = bounded(20);
    let fill = |n| (0..n).for_each(|_| sender.try_send(()).unwrap());
    fill(16);
    assert!(!is_warned(&sender));
    fill(1);
    assert!(is_warned(&sender));
    // Down to half: the same episode. Below it: over.
    for _ in 0..7 {
        receiver.recv().await;
    }
    assert_eq!((receiver.len(), is_warned(&sender)), (10, true));
    receiver.recv().await;
    assert_eq!((receiver.len(), is_warned(&sender)), (9, false));
    fill(8);
    assert!(is_warned(&sender));
}

#[test]
fn a_small_queue_is_full_without_a_warning() {
    for capacity in 1..=8 {
        let (sender, _receiver) = bounded(capacity);
        (0..capacity).for_each(|_| sender.try_send(()).unwrap());
        assert_eq!(is_warned(&sender), capacity >= 5, "{capacity}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_send_that_is_dropped_has_put_nothing_in() {
    let (sender, mut receiver) = bounded(1);
    sender.send(1).await.unwrap();
    assert!(timeout(S, sender.send(2)).await.is_err());
    assert_eq!(receiver.recv().await, Some(1));
    assert!(timeout(S, receiver.recv()).await.is_err());
    sender.send(3).await.unwrap();
    assert_eq!(receiver.recv().await, Some(3));
}

#[tokio::test(start_paused = true)]
async fn a_closed_queue_gives_out_what_is_in_it() {
    let (sender, mut receiver) = bounded(2);
    sender.send(1).await.unwrap();
    receiver.close();
    assert!(sender.is_closed());
    sender.closed().await;
    assert_eq!(sender.send(2).await.unwrap_err().0, 2);
    assert!(matches!(sender.try_send(3), Err(TrySendError::Closed(3))));
    assert_eq!((receiver.recv().await, receiver.recv().await), (Some(1), None));
}

#[cfg(feature = "tracing")]
#[test]
fn the_warning_names_the_type_and_the_place() {
    use std::{
        io,
        sync::{Arc, Mutex},
    };
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);
    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    crate::telemetry::keep_callsites_heard();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .without_time();
    tracing::subscriber::with_default(subscriber.finish(), || {
        let (sender, _receiver) = bounded(5);
        (0..5_u64).for_each(|n| sender.try_send(n).unwrap());
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(
        text.contains("WARN etiquette::queue: the queue is more than 80 % full"),
        "{text}"
    );
    assert!(text.contains("of=\"u64\" made_at="), "{text}");
    assert!(text.contains("queue/tests.rs"), "{text}");
    assert!(text.contains("len=5 capacity=5"), "{text}");
}
