//! How a call gets its slot: at once where one is free, else in line.

use std::{
    future::Future,
    pin::Pin,
    sync::atomic::Ordering::Relaxed,
    task::{Context, Poll, Waker, ready},
};

use pin_project_lite::pin_project;
use tokio::{
    sync::{AcquireError, SemaphorePermit},
    task::coop,
};

use super::{
    ConcurrencyLimit,
    run::check_reentry,
    slot::{Counted, Home, Slot, Slots},
};
use crate::{
    AtCapacity, Limit, control,
    telemetry::{self, Event, InLine, Line},
    timeout::with_timeout,
    wait::Wait,
};

/// `#[concurrency_limit]`. Only a call that has to wait arms a timer.
#[doc(hidden)]
#[inline]
pub async fn acquire<S: Slots + ?Sized>(slots: &S, wait: Wait) -> Result<Slot<'_>, Full> {
    let home = slots.home();
    match home.try_acquire() {
        Some(slot) => Ok(slot),
        None if is_off(wait) => Ok(Slot::NONE),
        None if wait.is_none() => Err(Full(())),
        // Boxed, as is the next: a call that finds a slot does not carry the room for waiting.
        None => Box::pin(in_line(home, wait, usize::MAX)).await,
    }
}

/// The same with `queue = N`: refused at once where so many wait already.
#[doc(hidden)]
#[inline]
pub async fn acquire_queued<S: Counted + ?Sized>(
    slots: &S,
    wait: Wait,
    queue: u32,
) -> Result<Slot<'_>, Full> {
    let home = slots.home();
    match home.try_acquire() {
        Some(slot) => Ok(slot),
        None if is_off(wait) => Ok(Slot::NONE),
        None if wait.is_none() => Err(Full(())),
        None => {
            let queue = usize::try_from(queue).unwrap_or(usize::MAX);
            Box::pin(in_line(home, wait, queue)).await
        }
    }
}

/// Whether limits are switched off.
#[cold]
fn is_off(wait: Wait) -> bool {
    let decision = match wait.is_none() {
        true => "refuse: at capacity",
        false => "wait for a slot",
    };
    !control::LIMITS.lets(wait.operation(), decision)
}

/// Waits behind those who came before.
pub(super) async fn in_line(home: Home<'_>, wait: Wait, queue: usize) -> Result<Slot<'_>, Full> {
    // Declared first, so that a wait that is dropped has given back what it may have got by then.
    let _waiter = match home.limit() {
        Some(limit) => {
            let waiter = Waiter::join(limit, queue)?;
            if cfg!(debug_assertions) && wait.limit() == Limit::NEVER {
                check_reentry(limit);
            }
            Some(waiter)
        }
        None => None,
    };
    let in_line = InLine::join(wait.operation(), Line::ConcurrencyLimit);
    let served = Served {
        home,
        acquire: home.semaphore().acquire(),
        is_over: false,
    };
    match with_timeout(wait.limit(), served).await {
        Ok(Ok(slot)) => {
            in_line.served();
            Ok(slot)
        }
        // A semaphore of the user's that is closed lets nobody in, however long they wait.
        Ok(Err(_)) | Err(_) => Err(Full(())),
    }
}

pin_project! {
    /// A place in line, until it is served.
    struct Served<'a, F: Future<Output = Result<SemaphorePermit<'a>, AcquireError>>> {
        home: Home<'a>,
        #[pin]
        acquire: F,
        is_over: bool,
    }

    impl<'a, F: Future<Output = Result<SemaphorePermit<'a>, AcquireError>>> PinnedDrop for Served<'a, F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            // Served, and it leaves without having looked: left to itself, that slot would go to the
            // next in line even where there is one too many.
            if !*this.is_over && this.home.limit().is_some_and(|limit| limit.debt.is_owed()) {
                let mut cx = Context::from_waker(Waker::noop());
                if let Poll::Ready(Ok(permit)) = Pin::new(&mut coop::unconstrained(this.acquire)).poll(&mut cx) {
                    permit.forget();
                    drop(this.home.slot());
                }
            }
        }
    }
}

impl<'a, F: Future<Output = Result<SemaphorePermit<'a>, AcquireError>>> Future for Served<'a, F> {
    type Output = Result<Slot<'a>, AcquireError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let acquired = ready!(this.acquire.poll(cx));
        *this.is_over = true;
        Poll::Ready(acquired.map(|permit| {
            permit.forget();
            this.home.slot()
        }))
    }
}

/// One of those who wait.
struct Waiter<'a>(&'a ConcurrencyLimit);

impl<'a> Waiter<'a> {
    fn join(limit: &'a ConcurrencyLimit, queue: usize) -> Result<Self, Full> {
        let one_more = |waiting: usize| (waiting < queue).then_some(waiting + 1);
        match limit.waiting.fetch_update(Relaxed, Relaxed, one_more) {
            Ok(_) => Ok(Self(limit)),
            Err(_) => Err(Full(())),
        }
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Relaxed);
        // It may have been given a slot in the moment in which it left, and put that back by itself.
        self.0.debt.look_again(&self.0.semaphore);
    }
}

/// There is no slot; it still has to be told for whom.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Full(());

impl Full {
    #[cold]
    #[must_use]
    pub fn of(self, operation: &'static str) -> AtCapacity {
        let by = telemetry::Refusal::AtCapacity;
        telemetry::tell(
            operation,
            Event::Refused {
                by,
                retry_after: None,
            },
        );
        AtCapacity::new(operation, None)
    }
}
