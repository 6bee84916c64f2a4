//! Who may enter: permits, how long to wait for one, and gates that close.

use crate::support::{Runs, ms, secs, sleep, timed};
use etiquette::{AtCapacity, Drain, Stopped, Tasks, concurrency_limit, detach};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

const MAX_CONNECTIONS: usize = 3;

/// The permit is taken before the connection, and goes with it into its task.
async fn serve(listener: TcpListener, tasks: &Tasks, places: Arc<Semaphore>) {
    let draining = tasks.draining();
    let next = async || listener.accept().await;
    while let Ok(permit) = Arc::clone(&places).acquire_owned().await {
        let Some(accepted) = draining.run_until_cancelled(next()).await else {
            return;
        };
        let Ok((mut connection, _)) = accepted else {
            continue;
        };
        let handler = async move {
            let _permit = permit;
            let mut byte = [0];
            while connection.read_exact(&mut byte).await.is_ok() {
                if connection.write_all(&byte).await.is_err() {
                    return;
                }
            }
        };
        detach(tasks.spawn("connection", handler), "it ends with its connection");
    }
}

async fn echo(connection: &mut TcpStream) -> std::io::Result<u8> {
    connection.write_u8(7).await?;
    connection.read_u8().await
}

// RW27: a permit before the accept, moved into the task. Real connections, so a real clock: the one wait is for something
// that must not happen.
#[tokio::test]
async fn no_more_connections_than_places() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tasks, places) = (Tasks::new(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    let (group, theirs) = (tasks.clone(), Arc::clone(&places));
    let server = tasks.spawn("server", async move { serve(listener, &group, theirs).await });
    let mut open = Vec::new();
    for _ in 0..MAX_CONNECTIONS {
        let mut connection = TcpStream::connect(address).await.unwrap();
        assert_eq!(echo(&mut connection).await.unwrap(), 7);
        open.push(connection);
    }
    // The kernel lets one more in, but nobody serves it until another one leaves.
    let mut one_more = TcpStream::connect(address).await.unwrap();
    let early = tokio::time::timeout(ms(100), echo(&mut one_more)).await;
    assert!(early.is_err());
    assert_eq!(tasks.len(), MAX_CONNECTIONS + 1);
    drop(open.pop());
    assert_eq!(one_more.read_u8().await.unwrap(), 7);
    drop((open, one_more));
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    server.await.unwrap();
    assert_eq!(places.available_permits(), MAX_CONNECTIONS);
}

#[derive(Debug, PartialEq, thiserror::Error)]
enum ApiError {
    #[error("too many wake-ups: {0}")]
    TooMany(AtCapacity),
}

struct ControlPlane {
    wake: Semaphore,
    permit_timeout: Duration,
}

impl ControlPlane {
    #[concurrency_limit(semaphore = self.wake, wait = self.permit_timeout, error = ApiError::TooMany)]
    async fn wake_compute(&self, takes: Duration) -> Result<u32, ApiError> {
        sleep(takes).await;
        Ok(7)
    }
}

// RW28: a permit has a time limit of its own; the work has none.
#[tokio::test(start_paused = true)]
async fn a_permit_in_time_or_not_at_all() {
    let plane = ControlPlane {
        wake: Semaphore::new(1),
        permit_timeout: secs(2),
    };
    let calls = || {
        let first = timed(plane.wake_compute(secs(1)));
        let second = timed(plane.wake_compute(secs(9)));
        let third = timed(plane.wake_compute(secs(1)));
        async { tokio::join!(first, second, third) }
    };
    let ((first, ..), (second, took), (third, gave_up)) = calls().await;
    assert_eq!((first, second, took), (Ok(7), Ok(7), secs(10)));
    assert!(matches!(third, Err(ApiError::TooMany(_))));
    assert_eq!((gave_up, plane.wake.available_permits()), (secs(2), 1));
}

/// Operations enter, and the owner closes it and waits for them to leave.
struct Timeline {
    gate: Semaphore,
    done: Runs,
}

const ALL: u32 = 1 << 20;

impl Timeline {
    fn new() -> Self {
        let gate = Semaphore::new(ALL as usize);
        Self {
            gate,
            done: Runs::new(),
        }
    }

    #[concurrency_limit(semaphore = self.gate, wait = none)]
    async fn get_page(&self, takes: Duration) -> Result<u32, Stopped> {
        sleep(takes).await;
        Ok(self.done.next())
    }

    /// From its first poll on nobody enters, since all free places are its own.
    async fn shut_down(&self) {
        // Only another `shut_down` could have closed it.
        let all = self.gate.acquire_many(ALL).await;
        self.gate.close();
        drop(all);
    }
}

// RW32: a gate is a semaphore with more places than there are operations, and whoever closes it takes them all.
#[tokio::test(start_paused = true)]
async fn a_gate_closes_behind_those_who_are_in() {
    let timeline = Timeline::new();
    let inside = async { tokio::join!(timeline.get_page(secs(1)), timeline.get_page(secs(3))) };
    let (pages, (), late) = tokio::join!(
        inside,
        async {
            sleep(ms(500)).await;
            assert_eq!(timed(timeline.shut_down()).await.1, ms(2_500));
            assert_eq!(timeline.done.count(), 2);
        },
        async {
            sleep(ms(600)).await;
            timed(timeline.get_page(secs(1))).await
        }
    );
    assert!(pages.0.is_ok() && pages.1.is_ok());
    assert!(late.0.unwrap_err().is_refusal());
    assert_eq!(late.1, secs(0));
    // And closed it stays.
    assert!(timeline.get_page(secs(1)).await.unwrap_err().is_refusal());
    timeline.shut_down().await;
}
