//! What a task may return, and where in it an error is to be found.

use std::{any::Any, convert::Infallible, error::Error, fmt::Display, io, sync::Arc, time::Duration};

use crate::{Cancelled, Class, Classify, Stopped, classify_chain};

/// What a task of [`Tasks`](crate::Tasks) returns: a `Result`, whose error is logged when nobody else may
/// see it, or a value that is none.
///
/// Implemented for every `Result` whose error can be displayed, for `()`, `bool`, numbers, `String`,
/// `Duration`, small tuples, `Option`, `Vec`, `Box` and `Arc` of anything. For a type of your own, either return `Ok::<_, Infallible>(value)`,
/// or:
///
/// ```
/// struct Summary(u32);
///
/// impl etiquette::TaskOutput for Summary {}
/// # fn accepts<T: etiquette::TaskOutput>() {}
/// # accepts::<Summary>();
/// ```
pub trait TaskOutput: Send + 'static {
    /// The error to be logged, if it is one.
    fn error(&self) -> Option<&dyn Display> {
        None
    }

    /// Whether the error only says that the task was asked to leave: that is not logged as an error.
    fn is_cancelled(&self) -> bool {
        false
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> TaskOutput for Result<T, E>
where
    T: Send + 'static,
    E: Display + Send + 'static,
{
    fn error(&self) -> Option<&dyn Display> {
        self.as_ref().err().map(|error| error as &dyn Display)
    }

    fn is_cancelled(&self) -> bool {
        self.as_ref().is_err_and(|error| is_cancelled(error))
    }
}

/// As far as it can be known of an error that says nothing of itself but its text.
fn is_cancelled(error: &dyn Any) -> bool {
    type Boxed = Box<dyn Error + Send + Sync>;

    fn in_chain<E: Error + 'static>(error: &dyn Any) -> Option<Class> {
        error.downcast_ref::<E>().map(|error| classify_chain(error))
    }
    let class = error
        .downcast_ref::<Stopped>()
        .map(Classify::class)
        .or_else(|| in_chain::<Cancelled>(error))
        .or_else(|| in_chain::<io::Error>(error))
        .or_else(|| {
            error
                .downcast_ref::<Boxed>()
                .map(|error| classify_chain(&**error))
        });
    class == Some(Class::Cancelled)
}

macro_rules! values {
    ($($value:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl TaskOutput for $value {}
    )*};
}

values! {
    () bool char String &'static str Infallible
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 Duration
}

macro_rules! of_anything {
    ($($of:ty: $($t:ident)*;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($t: 'static),*> TaskOutput for $of where Self: Send {}
    )*};
}

of_anything! {
    Option<T>: T;
    Vec<T>: T;
    Box<T>: T;
    Arc<T>: T;
    (A,): A;
    (A, B): A B;
    (A, B, C): A B C;
    (A, B, C, D): A B C D;
}

/// What a task returns, as the function type `fn() -> T`: for every [`TaskOutput`], and for `!`, the output of a
/// task that never ends, which stable Rust lets nobody write but here.
#[diagnostic::on_unimplemented(
    message = "`{T}` does not say whether the task has failed",
    label = "expected `()`, or a `Result` whose error can be displayed",
    note = "return `Ok::<_, std::convert::Infallible>(value)`, or write `impl etiquette::TaskOutput for …`",
    note = "an error needs `Display` to be logged"
)]
pub trait TaskReturn<T> {
    #[doc(hidden)]
    fn error(out: &T) -> Option<&dyn Display>;

    #[doc(hidden)]
    fn is_cancelled(out: &T) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: TaskOutput> TaskReturn<T> for fn() -> T {
    fn error(out: &T) -> Option<&dyn Display> {
        out.error()
    }

    fn is_cancelled(out: &T) -> bool {
        out.is_cancelled()
    }
}

#[diagnostic::do_not_recommend]
impl<T> TaskReturn<T> for fn() -> ! {
    fn error(_: &T) -> Option<&dyn Display> {
        None
    }

    fn is_cancelled(_: &T) -> bool {
        false
    }
}
