//! The same by hand, as the best Tokio code writes it.

use super::cases::World;
use crate::support::{Error, ms};
use etiquette::{Cancelled, Stopped, TimedOut, TimeoutKind};
use std::cell::Cell;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout, timeout_at};

type Out = Result<u32, Error>;

fn was_cancelled() -> Out {
    Err(Stopped::from(Cancelled::new("fetch")).into())
}

fn timed_out(limit: Option<Duration>, kind: TimeoutKind, attempts: u32) -> Out {
    let mut stop = TimedOut::new("fetch", limit);
    (stop.kind, stop.attempts) = (kind, attempts);
    Err(Stopped::from(stop).into())
}

pub(super) async fn cancelled(world: &World) -> Out {
    tokio::select! {
        biased;
        () = world.token.cancelled() => was_cancelled(),
        out = world.run() => out,
    }
}

pub(super) async fn cancelled_with_grace(world: &World) -> Out {
    if world.token.is_cancelled() {
        return was_cancelled();
    }
    let mut body = pin!(world.run());
    tokio::select! {
        biased;
        () = world.token.cancelled() => {}
        out = &mut body => return out,
    }
    timeout(ms(15), body).await.unwrap_or_else(|_| was_cancelled())
}

pub(super) async fn limited(world: &World) -> Out {
    match timeout(ms(50), world.run()).await {
        Ok(out) => out,
        Err(_) => timed_out(Some(ms(50)), TimeoutKind::Call, 1),
    }
}

pub(super) async fn until(world: &World) -> Out {
    match timeout_at(Instant::now() + ms(50), world.run()).await {
        Ok(out) => out,
        Err(_) => timed_out(None, TimeoutKind::Call, 1),
    }
}

fn is_transient(error: &Error) -> bool {
    match error {
        Error::Busy => true,
        Error::Stopped(stop) => stop.is_timeout(),
        _ => false,
    }
}

pub(super) async fn retried(world: &World) -> Out {
    let mut delay = ms(10);
    for _ in 1..3 {
        match world.run().await {
            Err(error) if is_transient(&error) => {}
            out => return out,
        }
        sleep(delay).await;
        delay = (delay * 2).min(ms(15));
    }
    world.run().await
}

pub(super) async fn retried_at_once(world: &World) -> Out {
    for _ in 1..3 {
        match world.run().await {
            Err(error) if is_transient(&error) => {}
            out => return out,
        }
    }
    world.run().await
}

pub(super) async fn cancelled_then_limited(world: &World) -> Out {
    tokio::select! {
        biased;
        () = world.token.cancelled() => was_cancelled(),
        out = limited(world) => out,
    }
}

pub(super) async fn hedged(world: &World) -> Out {
    let mut first = pin!(world.run());
    let failed = tokio::select! {
        biased;
        out = &mut first => match out {
            Ok(value) => return Ok(value),
            Err(error) => Some(error),
        },
        () = sleep(ms(15)) => None,
    };
    let mut second = pin!(world.run());
    if let Some(error) = failed {
        return second.await.or(Err(error));
    }
    tokio::select! {
        biased;
        out = &mut first => match out {
            Ok(value) => Ok(value),
            Err(error) => second.await.or(Err(error)),
        },
        out = &mut second => match out {
            Ok(value) => Ok(value),
            Err(error) => first.await.or(Err(error)),
        },
    }
}

pub(super) async fn replaced(world: &World) -> Out {
    match cancelled_then_limited(world).await {
        Err(error) if !matches!(&error, Error::Stopped(stop) if stop.is_cancelled()) => {
            sleep(ms(5)).await;
            if error == Error::Busy { Ok(7) } else { Err(error) }
        }
        out => out,
    }
}

pub(super) async fn limited_then_cancelled(world: &World) -> Out {
    match timeout(ms(50), cancelled(world)).await {
        Ok(out) => out,
        Err(_) => timed_out(Some(ms(50)), TimeoutKind::Call, 1),
    }
}

pub(super) async fn limited_twice(world: &World) -> Out {
    let attempts = Cell::new(0);
    let all = async {
        let mut delay = ms(10);
        loop {
            attempts.set(attempts.get() + 1);
            let out = match timeout(ms(50), world.run()).await {
                Ok(out) => out,
                Err(_) => timed_out(Some(ms(50)), TimeoutKind::Attempt, attempts.get()),
            };
            match &out {
                Err(error) if is_transient(error) && attempts.get() < 3 => {}
                _ => return out,
            }
            sleep(delay).await;
            delay = (delay * 2).min(ms(15));
        }
    };
    match timeout(ms(60), all).await {
        Ok(out) => out,
        Err(_) => timed_out(Some(ms(60)), TimeoutKind::Total, attempts.get()),
    }
}

pub(super) async fn full(world: &World) -> Out {
    tokio::select! {
        biased;
        () = world.token.cancelled() => was_cancelled(),
        out = limited_twice(world) => out,
    }
}
