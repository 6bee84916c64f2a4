//! The breaker of the page, with a lock and a queue of results, and settings that a short test can fill.

use super::cases::World;
use crate::support::Error;
use etiquette::{CircuitOpen, Stopped};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

enum State {
    Closed { last: VecDeque<bool> },
    Open { until: Instant },
    HalfOpen { running: u32, succeeded: u32 },
}

pub(super) struct Breaker {
    open_for: Duration,
    state: State,
    generation: u64,
    openings: u32,
}

pub(super) const WINDOW: u32 = 6;
pub(super) const LEAST: u32 = 4;
pub(super) const RATE: f64 = 0.5;
pub(super) const PROBES: u32 = 2;

impl Breaker {
    pub(super) const fn new(open_for: Duration) -> Self {
        Self {
            open_for,
            state: State::Closed {
                last: VecDeque::new(),
            },
            generation: 0,
            openings: 0,
        }
    }

    fn admit(&mut self) -> Result<u64, Option<Duration>> {
        if let State::Open { until } = self.state {
            let left = until.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                return Err(Some(left));
            }
            self.enter(State::HalfOpen {
                running: 0,
                succeeded: 0,
            });
        }
        if let State::HalfOpen { running, succeeded } = &mut self.state {
            if *running + *succeeded == PROBES {
                return Err(None);
            }
            *running += 1;
        }
        Ok(self.generation)
    }

    fn record(&mut self, generation: u64, failed: Option<bool>) {
        if generation != self.generation {
            return;
        }
        match (&mut self.state, failed) {
            (State::Closed { last }, Some(failed)) => {
                if last.len() == WINDOW as usize {
                    last.pop_front();
                }
                last.push_back(failed);
                let failures = last.iter().filter(|failed| **failed).count();
                #[allow(clippy::cast_precision_loss, reason = "at most six")]
                let rate = failures as f64 / last.len() as f64;
                if last.len() >= LEAST as usize && rate >= RATE {
                    self.open();
                }
            }
            (State::HalfOpen { .. }, Some(true)) => self.open(),
            (State::HalfOpen { running, succeeded }, failed) => {
                *running -= 1;
                *succeeded += u32::from(failed == Some(false));
                if *succeeded == PROBES {
                    self.openings = 0;
                    self.enter(State::Closed {
                        last: VecDeque::new(),
                    });
                }
            }
            _ => {}
        }
    }

    fn open(&mut self) {
        let grown = self.open_for.saturating_mul(2_u32.saturating_pow(self.openings));
        self.openings += 1;
        let until = Instant::now() + grown.min(Duration::from_secs(300).max(self.open_for));
        self.enter(State::Open { until });
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.generation += 1;
    }
}

struct Permit<'a> {
    breaker: &'a Mutex<Breaker>,
    generation: u64,
    failed: Option<bool>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.breaker.lock().unwrap().record(self.generation, self.failed);
    }
}

/// The body behind `breaker`.
pub(super) async fn behind(breaker: &Mutex<Breaker>, world: &World) -> Result<u32, Error> {
    let admitted = breaker.lock().unwrap().admit();
    let generation = admitted.map_err(|left| Stopped::from(CircuitOpen::new("fetch", left)))?;
    let mut permit = Permit {
        breaker,
        generation,
        failed: None,
    };
    let out = world.run().await;
    permit.failed = Some(out.is_err());
    out
}
