//! A program: runs until its body is done or a signal asks it to end, and then drains.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    process::exit,
    task::Poll,
};

use tokio_util::sync::CancellationToken;

use super::{Runner, watch::Watch};
use crate::{
    Class, Drain, Drained, Laggard, Tasks,
    shield::{shielded, shielded_idle},
    tasks::Others,
};

/// Runs a program. What `fn main` returns is returned; where that would not tell how it ended, the process
/// exits.
#[doc(hidden)]
pub fn main<R, F>(runner: Runner, body: impl FnOnce(Tasks) -> F, told: impl FnOnce(&R) -> Told) -> R
where
    F: Future<Output = R>,
{
    let runtime = runner.runtime();
    let (tasks, ended) = (Tasks::new(), MainBody::default());
    let watch = Watch::begin(&tasks, runner.drain, &ended);
    let (out, drained) = runtime.block_on(run(&tasks, runner.drain, body, &ended, &watch));
    if drained.laggards().is_empty() {
        // Blocking work in flight has time to finish too.
        runtime.shutdown_timeout(runner.drain.cancel);
    } else {
        runtime.shutdown_background();
    }
    watch.end();
    match out {
        Some(out) if drained.is_clean() => {
            if told(&out).class == Some(Class::Cancelled)
                && let Some(signal) = watch.signal()
            {
                exit(signal.exit_code());
            }
            out
        }
        out => {
            eprintln!("error: {drained}");
            match out {
                // Is printed too, and exits with 1.
                Some(out) if told(&out).is_err => out,
                _ => exit(1),
            }
        }
    }
}

/// What can be known of the value of `main`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Told {
    pub is_err: bool,
    pub class: Option<Class>,
}

/// The body until it is done, and the drain from when it is, or from when it is asked to be.
async fn run<R, F: Future<Output = R>>(
    tasks: &Tasks,
    drain: Drain,
    body: impl FnOnce(Tasks) -> F,
    ended: &MainBody,
    watch: &Watch,
) -> (Option<R>, Drained) {
    let scope = tasks.scope();
    let mut body = pin!(scope.provide(async {
        let out = body(tasks.clone()).await;
        ended.0.cancel();
        out
    }));
    let mut shutdown = pin!(async {
        let mut asked = pin!(tasks.asked().cancelled());
        let mut done = pin!(ended.0.cancelled());
        let mut failed = pin!(scope.cancelled());
        poll_fn(|cx| {
            let any = asked.as_mut().poll(cx).is_ready()
                || done.as_mut().poll(cx).is_ready()
                || failed.as_mut().poll(cx).is_ready();
            if any { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        watch.drains();
        tasks.drain(drain, ended).await
    });
    let mut out = None;
    let drained = poll_fn(|cx| {
        if out.is_none()
            && let Poll::Ready(value) = body.as_mut().poll(cx)
        {
            out = Some(value);
        }
        shutdown.as_mut().poll(cx)
    })
    .await;
    (out, drained)
}

/// Whether the body of `main` is done, and what else is no task of the group: shielded calls.
#[derive(Clone, Debug, Default)]
pub(super) struct MainBody(CancellationToken);

impl Others for MainBody {
    async fn ended(&self) {
        self.0.cancelled().await;
        shielded_idle().await;
    }

    fn laggards(&self) -> Vec<Laggard> {
        let main = (!self.0.is_cancelled()).then(|| "main".to_owned());
        let shielded = match shielded() {
            0 => None,
            1 => Some("a shielded call".to_owned()),
            n => Some(format!("{n} shielded calls")),
        };
        let laggard = |name: String| Laggard::new(name.into(), None);
        main.into_iter().chain(shielded).map(laggard).collect()
    }
}
