//! Tasks whose handles are dropped, through functions of the team's own.

use std::future::Future;
use tokio::task::JoinHandle;

/// The team's own way to start a task.
pub fn spawn_logged<F>(task: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    tokio::spawn(task)
}

async fn work() -> Result<u8, String> {
    Ok(1)
}

async fn count() -> u8 {
    1
}

/// Starts tasks for others.
pub struct Pool;

impl Pool {
    fn spawn_named<F>(&self, _: &str, task: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        tokio::spawn(task)
    }
}

#[etiquette::conventions]
pub async fn start(pool: &Pool) {
    spawn_logged(count()); //~ detached_spawn
    let _ = spawn_logged(count()); //~ detached_spawn
    drop(spawn_logged(count())); //~ detached_spawn
    pool.spawn_named("counts", count()); //~ detached_spawn
    spawn_logged(work()); //~ detached_spawn lost_task_error
    spawn_logged(async move { //~ detached_spawn lost_task_error
        work().await?;
        Ok::<(), String>(())
    });
    spawn_logged(async { loop { tokio::task::yield_now().await } }); //~ detached_spawn endless_loop
    tokio::spawn(count()); //~ detached_spawn
}
