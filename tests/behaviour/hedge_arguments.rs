//! `#[hedge]` and its arguments: what runs share, what each has a clone of, and the shapes of functions.

use crate::support::{Error, Runs, ms, sleep, timed};
use etiquette::{RetryBudget, hedge, retry, with_timeout};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

/// Counts its clones.
#[derive(Default)]
struct Key {
    clones: Rc<Cell<u32>>,
}

impl Clone for Key {
    fn clone(&self) -> Self {
        self.clones.set(self.clones.get() + 1);
        Self {
            clones: Rc::clone(&self.clones),
        }
    }
}

/// The second run is the fast one.
async fn waits(runs: &Runs) -> u32 {
    let run = runs.next();
    sleep(ms(if run == 1 { 200 } else { 20 })).await;
    run
}

#[tokio::test(start_paused = true)]
async fn a_clone_is_made_for_each_run_that_begins() {
    #[hedge(after = 50ms, attempts = 5, clone(key))]
    async fn read(key: Key, runs: &Runs, fast: bool) -> Result<u32, Error> {
        drop(key);
        if fast {
            Ok(runs.next())
        } else {
            Ok(waits(runs).await)
        }
    }
    for (fast, clones) in [(true, 1), (false, 2)] {
        let key = Key::default();
        let seen = Rc::clone(&key.clones);
        assert_eq!(read(key, &Runs::new(), fast).await, Ok(clones));
        assert_eq!((seen.get(), Rc::strong_count(&seen)), (clones, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn what_one_run_changes_the_other_does_not_see() {
    #[hedge(after = 50ms, clone(lines))]
    async fn push(mut lines: Vec<u32>, runs: &Runs) -> Result<Vec<u32>, Error> {
        lines.push(0);
        let run = waits(runs).await;
        lines.push(run);
        Ok(lines)
    }
    assert_eq!(push(vec![7], &Runs::new()).await, Ok(vec![7, 0, 2]));
}

#[tokio::test(start_paused = true)]
async fn clones_above_and_below_a_retry() {
    #[retry(attempts = 2, constant(10ms), jitter = none, budget = none, clone(text))]
    #[hedge(after = 50ms, budget = none, clone(text))]
    async fn rounds(mut text: String, runs: &Runs) -> Result<String, Error> {
        text.push('!');
        match runs.next() {
            1 | 2 => Err(Error::Busy),
            _ => Ok(text),
        }
    }
    #[hedge(after = 50ms, budget = none, clone(text))]
    #[retry(attempts = 2, constant(10ms), jitter = none, budget = none, clone(text))]
    async fn each(mut text: String, runs: &Runs) -> Result<String, Error> {
        text.push('!');
        match runs.next() {
            1 => Err(Error::Busy),
            _ => Ok(text),
        }
    }
    // Only the retry needs one: the runs of a hedge share it.
    #[retry(attempts = 2, constant(10ms), jitter = none, budget = none, clone(text))]
    #[hedge(after = 50ms, budget = none)]
    async fn shared(text: String, runs: &Runs) -> Result<String, Error> {
        match runs.next() {
            1 | 2 => Err(Error::Busy),
            _ => Ok(format!("{text}!")),
        }
    }
    let (one, two, three) = (Runs::new(), Runs::new(), Runs::new());
    let text = || "a".to_owned();
    assert_eq!(timed(rounds(text(), &one)).await, (Ok("a!".into()), ms(10)));
    assert_eq!(timed(each(text(), &two)).await, (Ok("a!".into()), ms(10)));
    assert_eq!(timed(shared(text(), &three)).await, (Ok("a!".into()), ms(10)));
    assert_eq!((one.count(), two.count(), three.count()), (3, 2, 3));
}

struct Client {
    runs: Runs,
}

trait Read {
    async fn read(&self, id: &str) -> Result<String, Error>;

    #[hedge(after = 50ms)]
    async fn twice(&self, id: &str) -> Result<String, Error> {
        self.read(id).await
    }
}

impl Read for Client {
    #[hedge(after = 50ms)]
    async fn read(&self, id: &str) -> Result<String, Error> {
        Ok(format!("{id} {}", waits(&self.runs).await))
    }
}

impl Client {
    #[hedge(after = 50ms)]
    async fn shared(self: Arc<Self>) -> Result<u32, Error> {
        Ok(waits(&self.runs).await)
    }

    #[hedge(after = 50ms)]
    async fn owned(self) -> Result<u32, Error> {
        Ok(waits(&self.runs).await)
    }

    #[hedge(after = 50ms)]
    async fn borrowed<'a>(&'a self, ids: &'a [u32]) -> Result<&'a u32, Error> {
        let run = waits(&self.runs).await;
        ids.get(run as usize).ok_or(Error::Bad)
    }
}

const fn client() -> Client {
    Client { runs: Runs::new() }
}

#[tokio::test(start_paused = true)]
async fn on_methods() {
    assert_eq!(timed(client().read("a")).await, (Ok("a 2".into()), ms(70)));
    assert_eq!(timed(Arc::new(client()).shared()).await, (Ok(2), ms(70)));
    assert_eq!(timed(client().owned()).await, (Ok(2), ms(70)));
    assert_eq!(client().borrowed(&[0, 1, 2]).await, Ok(&2));
    // One hedge in another: the outer one begins when the inner one does.
    assert_eq!(client().twice("a").await, Ok("a 2".into()));
}

#[tokio::test(start_paused = true)]
async fn on_generic_functions_and_opaque_types() {
    #[hedge(after = 50ms)]
    async fn pick<T: Clone + Sync, const N: usize>(of: &[T; N], runs: &Runs) -> Result<T, Error> {
        Ok(of[waits(runs).await as usize].clone())
    }
    #[hedge(after = 50ms)]
    async fn count(
        of: impl Iterator<Item = u32> + Clone,
        runs: &Runs,
    ) -> Result<impl Iterator<Item = u32>, Error> {
        let run = waits(runs).await;
        Ok(of.clone().map(move |n| n + run))
    }
    assert_eq!(pick(&["a", "b", "c"], &Runs::new()).await, Ok("c"));
    assert_eq!(
        count(0..3, &Runs::new()).await.map(Vec::from_iter),
        Ok(vec![2, 3, 4])
    );
}

#[async_trait::async_trait]
trait Boxed {
    async fn named(&self, id: &str, key: String) -> Result<String, Error>;
}

#[async_trait::async_trait]
impl Boxed for Client {
    #[with_timeout(1s)]
    #[hedge(after = 50ms, clone(key))]
    async fn named(&self, id: &str, mut key: String) -> Result<String, Error> {
        key.push_str(id);
        Ok(format!("{key} {}", waits(&self.runs).await))
    }
}

#[tokio::test(start_paused = true)]
async fn on_boxed_futures() {
    #[hedge(after = 50ms)]
    fn boxed<'a>(
        runs: &'a Runs,
        id: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
        Box::pin(async move { Ok(format!("{id} {}", waits(runs).await)) })
    }
    assert_eq!(timed(boxed(&Runs::new(), "a")).await, (Ok("a 2".into()), ms(70)));
    let client: &dyn Boxed = &client();
    assert_eq!(
        timed(client.named("a", "k".into())).await,
        (Ok("ka 2".into()), ms(70))
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_shared_is_sync_and_what_is_cloned_need_not_be() {
    #[hedge(after = 50ms, clone(ready))]
    async fn cloned(ready: Ready, runs: &Runs) -> Result<bool, Error> {
        waits(runs).await;
        Ok(ready.0.get())
    }
    // `Send` and not `Sync`; the reference to it stays out of the runs.
    #[derive(Clone)]
    struct Ready(Cell<bool>);
    fn send<T: Send>(value: T) -> T {
        value
    }
    static BUDGET: RetryBudget = RetryBudget::new();
    #[hedge(after = 50ms, budget = &BUDGET)]
    async fn shared(id: Arc<str>, runs: &Runs) -> Result<usize, Error> {
        Ok(id.len() + waits(runs).await as usize)
    }
    assert_eq!(cloned(Ready(Cell::new(true)), &Runs::new()).await, Ok(true));
    assert_eq!(send(shared("abc".into(), &Runs::new())).await, Ok(5));
}
