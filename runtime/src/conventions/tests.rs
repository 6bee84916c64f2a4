//! The traits answer for the types they are for, and only those. What the compiler then says is tested from the
//! attribute, in `tests/ui/conventions`.

use super::{Asked, by::*};

/// As the attribute writes it.
macro_rules! ask {
    ($value:expr, $rule:ident) => {
        (&&Asked($value)).$rule()
    };
}

/// Denied here, so that a silent answer that speaks would not compile.
#[test]
#[deny(deprecated)]
fn everything_else_is_silent() {
    fn generic<T>(value: T) {
        ask!(&value, guard_across_await);
        ask!(&value, detached_spawn);
        ask!(&value, lost_task_error);
    }
    let lock = std::sync::Mutex::new(1);
    // Only the caller knows what it is.
    generic(lock.lock().unwrap());
    let maybe = Some(lock.lock().unwrap());
    ask!(&maybe, guard_across_await);
    ask!(&lock, guard_across_await);
    ask!("text", guard_across_await);
}

#[tokio::test]
#[deny(deprecated)]
async fn an_async_guard_and_a_value_are_silent() {
    let lock = tokio::sync::Mutex::new(1);
    let guard = lock.lock().await;
    ask!(&guard, guard_across_await);
    ask!(&(), detached_spawn);
    let task = tokio::spawn(async {});
    ask!(&task, lost_task_error);
    task.await.unwrap();
}
