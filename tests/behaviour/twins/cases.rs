//! The cases: what the body does in each run, and what happens around it meanwhile.

use crate::support::{Error, Runs, after, ms, sleep};
use std::cell::Cell;
use std::future::pending;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// What one run of the body does; the last one of a case repeats.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Ok,
    OkAfter(u64),
    Busy,
    BusyAfter(u64),
    Bad,
    Never,
    /// Waits by giving up its turn, which takes no time.
    Yield,
}

use Step::{Bad, Busy, BusyAfter, Never, OkAfter, Yield};

struct Case {
    name: &'static str,
    steps: &'static [Step],
    /// When the token is cancelled; 0 is before the call.
    cancel: Option<u64>,
    /// When the future is dropped.
    drop: Option<u64>,
}

const fn case(name: &'static str, steps: &'static [Step]) -> Case {
    Case {
        name,
        steps,
        cancel: None,
        drop: None,
    }
}

impl Case {
    const fn cancel(mut self, at: u64) -> Self {
        self.cancel = Some(at);
        self
    }

    const fn drop(mut self, at: u64) -> Self {
        self.drop = Some(at);
        self
    }
}

const CASES: &[Case] = &[
    case("ready", &[Step::Ok]),
    case("pending for 20 ms", &[OkAfter(20)]),
    case("gives up its turn", &[Yield]),
    case("a permanent error", &[Bad]),
    case("an error, then ready", &[Busy, Step::Ok]),
    case("two errors, then ready", &[Busy, Busy, Step::Ok]),
    case(
        "two late errors, then a late success",
        &[BusyAfter(7), BusyAfter(7), OkAfter(7)],
    ),
    case("two errors, then a permanent one", &[Busy, BusyAfter(3), Bad]),
    case("nothing but errors", &[BusyAfter(2)]),
    case("cancelled before", &[OkAfter(20)]).cancel(0),
    case("cancelled before, and ready", &[Step::Ok]).cancel(0),
    case("cancelled while waiting", &[OkAfter(20)]).cancel(10),
    case("cancelled in the tick in which it is ready", &[OkAfter(20)]).cancel(20),
    case("cancelled after", &[OkAfter(20)]).cancel(30),
    case("cancelled in the first pause", &[Busy, Step::Ok]).cancel(5),
    case("cancelled as the second run begins", &[Busy, OkAfter(9)]).cancel(10),
    case("cancelled in the second run", &[Busy, Never]).cancel(15),
    case("cancelled, and soon ready", &[OkAfter(20)]).cancel(6),
    case("cancelled, and ready when its grace ends", &[OkAfter(20)]).cancel(5),
    case("cancelled, and an error in its grace", &[BusyAfter(20)]).cancel(10),
    case("ready just before the limit", &[OkAfter(49)]),
    case("ready at the limit", &[OkAfter(50)]),
    case("ready just after the limit", &[OkAfter(51)]),
    case("never ready", &[Never]),
    case("an error at the limit", &[BusyAfter(50), Step::Ok]),
    case("too slow once, then ready", &[Never, Step::Ok]),
    case(
        "the total limit in a pause",
        &[BusyAfter(49), BusyAfter(5), Step::Ok],
    ),
    case(
        "the total limit at the end of a run",
        &[BusyAfter(40), OkAfter(10)],
    ),
    case(
        "the total limit after the end of a run",
        &[BusyAfter(40), OkAfter(11)],
    ),
    case("the limit and the cancellation at once", &[Never]).cancel(50),
    case("the total limit and the cancellation at once", &[Never]).cancel(60),
    case("dropped at once", &[Never]).drop(0),
    case("dropped while waiting", &[Never]).drop(10),
    case("dropped in the first pause", &[Busy]).drop(5),
    case("dropped in the second run", &[Busy, Never]).drop(15),
    case("dropped at the limit", &[Never]).drop(50),
    case("dropped in its grace", &[Never]).cancel(10).drop(20),
];

/// What one call sees and does.
pub(super) struct World {
    pub(super) token: CancellationToken,
    steps: &'static [Step],
    runs: Runs,
    running: Cell<u32>,
}

impl World {
    pub(super) fn steps(&self) -> &'static [Step] {
        self.steps
    }

    pub(super) fn is_pending_once(&self) -> bool {
        matches!(self.steps, [OkAfter(20)])
    }

    /// The body.
    pub(super) async fn run(&self) -> Result<u32, Error> {
        struct Running<'a>(&'a Cell<u32>);
        impl Drop for Running<'_> {
            fn drop(&mut self) {
                self.0.set(self.0.get() - 1);
            }
        }
        self.running.set(self.running.get() + 1);
        let _running = Running(&self.running);
        let run = self.runs.next();
        let step = self.steps.get(run as usize - 1).or(self.steps.last());
        match *step.expect("each case has a step") {
            Step::Ok => Ok(run),
            OkAfter(wait) => {
                sleep(ms(wait)).await;
                Ok(run)
            }
            Busy => Err(Error::Busy),
            BusyAfter(wait) => {
                sleep(ms(wait)).await;
                Err(Error::Busy)
            }
            Bad => Err(Error::Bad),
            Never => pending().await,
            Yield => {
                for _ in 0..3 {
                    tokio::task::yield_now().await;
                }
                Ok(run)
            }
        }
    }
}

/// What is compared. No result: the future was dropped.
#[derive(Debug, PartialEq)]
struct Played {
    result: Option<Result<u32, Error>>,
    runs: u32,
    elapsed: Duration,
    still_running: u32,
}

async fn play(case: &Case, call: impl AsyncFn(&World) -> Result<u32, Error>) -> Played {
    let world = World {
        token: CancellationToken::new(),
        steps: case.steps,
        runs: Runs::default(),
        running: Cell::new(0),
    };
    match case.cancel {
        Some(0) => world.token.cancel(),
        Some(at) => {
            let token = world.token.clone();
            after(ms(at), move || token.cancel());
        }
        None => {}
    }
    let start = Instant::now();
    let result = match case.drop {
        Some(at) => tokio::select! {
            biased;
            result = call(&world) => Some(result),
            () = sleep(ms(at)) => None,
        },
        None => Some(call(&world).await),
    };
    let played = Played {
        result,
        runs: world.runs.count(),
        elapsed: start.elapsed(),
        still_running: world.running.get(),
    };
    // Until whoever is still to cancel has done so.
    sleep(ms(100)).await;
    played
}

/// Plays every case with both. A case that never ends by itself is dropped after an hour.
pub(super) async fn agree(
    attribute: impl AsyncFn(&World) -> Result<u32, Error>,
    hand: impl AsyncFn(&World) -> Result<u32, Error>,
) {
    const HOUR: u64 = 3_600_000;
    for case in CASES {
        let case = Case {
            drop: case.drop.or(Some(HOUR)),
            ..*case
        };
        let ours = play(&case, &attribute).await;
        let theirs = play(&case, &hand).await;
        assert_eq!(ours.still_running, 0, "{}", case.name);
        assert_eq!(ours, theirs, "{}", case.name);
    }
}
