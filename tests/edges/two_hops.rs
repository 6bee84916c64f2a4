//! What is seen of a service B that a service A asks for a client.
//!
//! On the real clock: bytes are on their way, and a paused clock would jump ahead of them.

use std::time::Duration;

use etiquette::{Reason, Scope};
use tokio::{sync::mpsc, time::timeout};

/// What A does before it asks B.
pub(crate) const WORK: Duration = Duration::from_millis(20);
pub(crate) const LIMIT: Duration = Duration::from_secs(60);
/// Only a test that has failed takes that long.
const FAILED: Duration = Duration::from_secs(30);

/// What happens in B, as it happens.
#[derive(Debug, PartialEq)]
pub(crate) enum Seen {
    Began { left: Option<Duration> },
    Ended { reason: Option<Reason> },
}

/// Where B says it.
pub(crate) type See = mpsc::UnboundedSender<Seen>;

/// Where a test hears it.
pub(crate) struct Sights(mpsc::UnboundedReceiver<Seen>);

pub(crate) fn sights() -> (See, Sights) {
    let (see, seen) = mpsc::unbounded_channel();
    (see, Sights(seen))
}

impl Sights {
    pub(crate) async fn next(&mut self) -> Seen {
        timeout(FAILED, self.0.recv())
            .await
            .expect("it is heard of")
            .unwrap()
    }

    /// B began with what was left of the limit after A's work, and with no less than after all that the call took.
    pub(crate) async fn assert_shrunk(&mut self, took: Duration) {
        let Seen::Began { left: Some(left) } = self.next().await else {
            panic!()
        };
        assert!(left <= LIMIT - WORK, "{left:?}");
        assert!(
            left >= LIMIT - took - Duration::from_millis(1),
            "{left:?} after {took:?}"
        );
    }

    pub(crate) async fn assert_waits(&mut self) {
        assert!(
            timeout(Duration::from_millis(50), self.0.recv()).await.is_err(),
            "it waits"
        );
    }
}

/// B's handler begins.
pub(crate) fn begin(see: &See) {
    let left = Scope::current().remaining();
    see.send(Seen::Began { left }).unwrap();
}

/// B's handler never answers. What tells how its scope ended is not dropped with it.
pub(crate) async fn never<T>(see: See) -> T {
    let scope = Scope::current();
    tokio::spawn(async move {
        scope.cancelled().await;
        see.send(Seen::Ended {
            reason: scope.reason(),
        })
        .unwrap();
    });
    std::future::pending().await
}
