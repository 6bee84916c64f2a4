//! What the body of a function meets, before it runs.

use std::{
    any::{Any, type_name},
    fmt,
    future::{Future, pending},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use pin_project_lite::pin_project;
use tokio::time::sleep;

use super::{Fault, What};
use crate::testing::settings::{Setting, found};

/// What a fault made in place of a body's value.
#[doc(hidden)]
pub struct Made {
    error: Box<dyn Any>,
    of: &'static str,
    operation: &'static str,
}

impl Made {
    /// As the value of a function that returns `R`.
    pub fn into_return<R>(self, inject: impl FnOnce(Box<dyn Any>) -> Option<R>) -> R {
        let Self { error, of, operation } = self;
        inject(error).unwrap_or_else(|| mismatch(operation, of, type_name::<R>()))
    }

    /// For a function whose value cannot be made.
    pub fn refuse(self) -> ! {
        mismatch(self.operation, self.of, "no `Result` that can be named")
    }
}

#[cold]
#[allow(clippy::panic, reason = "that is how a test fails")]
fn mismatch(operation: &str, made: &str, returned: &str) -> ! {
    panic!(
        "a fault cannot make `{operation}` fail with a `{made}`: it returns `{returned}`\n\
         help: make exactly that error in `fail(…)`; its type derives `Classify`, or implements `Injectable` or \
         `From<Injected>` of `etiquette::testing`"
    )
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Made")
            .field("of", &self.of)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

/// What a call meets: nothing, unless a test has set it.
#[doc(hidden)]
#[must_use = "futures do nothing unless polled"]
pub struct Meet(Option<Struck>);

/// Ends with the fault that takes the place of the body, if one does.
type Struck = Pin<Box<dyn Future<Output = Option<(Arc<Fault>, &'static str)>> + Send + Sync>>;

/// What a call of these names meets; the first is that of the function.
#[doc(hidden)]
pub fn meet(names: &'static [&'static str]) -> Meet {
    let faults = found(|setting| match setting {
        Setting::Fault(fault) if fault.is_of(names) => Some(Arc::clone(fault)),
        _ => None,
    });
    let due: Vec<Arc<Fault>> = faults.into_iter().filter(|fault| fault.is_due()).collect();
    if due.is_empty() {
        return Meet(None);
    }
    let operation = names.first().copied().unwrap_or_default();
    Meet(Some(Box::pin(strike(due, operation))))
}

/// What stands before a body that cannot wait itself.
#[doc(hidden)]
#[derive(Debug)]
pub struct Gate<I> {
    names: &'static [&'static str],
    inject: I,
}

impl<I> Gate<I> {
    pub fn new<R>(names: &'static [&'static str], inject: I) -> Self
    where
        I: FnOnce(Made) -> R,
    {
        Self { names, inject }
    }
}

pin_project! {
    /// A body behind a gate. Not an `async fn`: that would hold the body twice.
    #[doc(hidden)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Met<F, I> {
        names: &'static [&'static str],
        // Not asked yet, or nothing was met.
        meet: Option<Meet>,
        // None once nothing was met.
        inject: Option<I>,
        #[pin]
        body: F,
    }
}

/// Lets `body` run unless something is done in its place.
#[doc(hidden)]
pub fn met<F, I>(gate: Gate<I>, body: F) -> Met<F, I>
where
    F: Future,
    I: FnOnce(Made) -> F::Output,
{
    Met {
        names: gate.names,
        meet: None,
        inject: Some(gate.inject),
        body,
    }
}

impl<F, I> Future for Met<F, I>
where
    F: Future,
    I: FnOnce(Made) -> F::Output,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if this.inject.is_some() {
            let meet = this.meet.get_or_insert_with(|| meet(this.names));
            let made = ready!(Pin::new(meet).poll(cx));
            *this.meet = None;
            if let (Some(made), Some(inject)) = (made, this.inject.take()) {
                return Poll::Ready(inject(made));
            }
        }
        this.body.poll(cx)
    }
}

impl<F, I> fmt::Debug for Met<F, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Met")
            .field("meet", &self.meet)
            .finish_non_exhaustive()
    }
}

#[allow(clippy::panic, reason = "that is what the test asked for")]
async fn strike(faults: Vec<Arc<Fault>>, operation: &'static str) -> Option<(Arc<Fault>, &'static str)> {
    for fault in faults {
        fault.strikes();
        match &fault.what {
            What::Fail { .. } => return Some((fault, operation)),
            What::Delay(delay) => sleep(*delay).await,
            What::Hang => pending().await,
            What::Panic(text) => panic!("{text}"),
        }
    }
    None
}

impl Future for Meet {
    type Output = Option<Made>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Made>> {
        match &mut self.0 {
            None => Poll::Ready(None),
            Some(struck) => struck.as_mut().poll(cx).map(made),
        }
    }
}

fn made(by: Option<(Arc<Fault>, &'static str)>) -> Option<Made> {
    let (fault, operation) = by?;
    match &fault.what {
        What::Fail { make, of } => Some(Made {
            error: make(),
            of,
            operation,
        }),
        What::Delay(_) | What::Hang | What::Panic(_) => None,
    }
}

impl fmt::Debug for Meet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Meet").field(&self.0.is_some()).finish()
    }
}
