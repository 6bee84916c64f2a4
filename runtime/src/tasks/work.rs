//! The work of a task: what it fails with is logged, and that it has ended is known.

use std::{
    any::Any,
    fmt::Display,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use super::{How, Place, TaskReturn, event};

pin_project! {
    pub(super) struct Work<F> {
        #[pin]
        body: F,
        ending: Ending,
    }
}

/// Says how an essential task ended, also when it was dropped.
struct Ending {
    // None once it has been told.
    essential: Option<How>,
    place: Place,
}

impl<F> Work<F> {
    pub(super) const fn new(body: F, place: Place, essential: bool) -> Self {
        let essential = if essential { Some(How::Dropped) } else { None };
        Self {
            body,
            ending: Ending { essential, place },
        }
    }
}

impl<F: Future> Future for Work<F>
where
    fn() -> F::Output: TaskReturn<F::Output>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        // Nothing is looked at after a panic but the panic, which goes on.
        match catch_unwind(AssertUnwindSafe(|| this.body.poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(out)) => {
                let error = <fn() -> F::Output>::error(&out);
                this.ending
                    .returned(error, || <fn() -> F::Output>::is_cancelled(&out));
                Poll::Ready(out)
            }
            Err(panic) => {
                this.ending.panicked(&*panic);
                resume_unwind(panic)
            }
        }
    }
}

impl Ending {
    fn returned(&mut self, error: Option<&dyn Display>, left: impl FnOnce() -> bool) {
        if let Some(error) = error {
            // Once all are asked to leave, an error is most often how they do.
            let asked = self.place.tasks().0.scope.is_cancelled();
            event::failed(&self.place.name(), error, asked || left());
        }
        if let Some(how) = &mut self.essential {
            *how = error.map_or(How::Returned, |error| How::Failed(format!("{error:#}").into()));
        }
    }

    fn panicked(&mut self, panic: &(dyn Any + Send)) {
        let text = text_of(panic);
        event::panicked(&self.place.name(), text);
        if let Some(how) = &mut self.essential {
            *how = How::Panicked(text.into());
        }
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(how) = self.essential.take() {
            self.place.tasks().failed(self.place.name(), how);
        }
    }
}

fn text_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}
