//! A worker that takes jobs off a queue until it is asked to leave: it finishes the job in its hands, and the program
//! says what was left over. The signal is a real one: after a quarter of a second the program sends SIGTERM to itself.
//!
//! Look at `worker`: waiting for the next job hears the shutdown, working on one does not.

use std::time::Duration;

use etiquette::{CancellationToken, Classify, Limits, Stopped, Tasks, queue, retry, with_timeout};
use tokio::{process::Command, time::sleep};

#[derive(Debug, thiserror::Error, Classify)]
enum JobError {
    #[error("the printer is busy")]
    #[transient]
    Busy,
    #[error("it took too long")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

/// One job: every fifth needs a second attempt.
#[with_timeout(1s, total)]
#[retry(attempts = 3, constant(5ms), attempt = at)]
async fn print(job: u32) -> Result<(), JobError> {
    sleep(Duration::from_millis(10)).await;
    if job.is_multiple_of(5) && at.number == 1 {
        return Err(JobError::Busy);
    }
    Ok(())
}

/// How many jobs it has finished, and how many are left.
async fn worker(stop: CancellationToken, mut jobs: queue::Receiver<u32>) -> Result<(u32, usize), JobError> {
    let mut done = 0;
    while let Ok(Some(job)) = jobs.recv().or_cancelled(&stop).await {
        print(job).await?;
        done += 1;
    }
    jobs.close();
    Ok((done, jobs.len()))
}

async fn producer(jobs: queue::Sender<u32>) {
    for job in 1.. {
        // Waits while the queue is full, and ends with the worker.
        if jobs.send(job).await.is_err() {
            return;
        }
    }
}

#[etiquette::main(finish = 2s, cancel = 500ms)]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    let (jobs, todo) = queue::bounded(4);
    let producer = tasks.spawn("producer", producer(jobs));
    let worker = tasks.spawn("worker", worker(tasks.draining(), todo));

    sleep(Duration::from_millis(250)).await;
    ask_to_leave(&tasks).await?;
    tasks.draining().cancelled().await;
    println!("asked to leave");

    let (done, left) = worker.await??;
    producer.await?;
    println!("finished {done} jobs, none half done; {left} are still in the queue");
    Ok(())
}

/// What an operator, or Kubernetes, does from outside.
async fn ask_to_leave(tasks: &Tasks) -> std::io::Result<()> {
    if cfg!(unix) {
        let pid = std::process::id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().await?;
    } else {
        tasks.begin_shutdown();
    }
    Ok(())
}
