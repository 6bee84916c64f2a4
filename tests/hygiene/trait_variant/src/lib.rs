//! `#[trait_variant::make]` (H114): the attributes go on implementations. On default bodies there is nothing to test:
//! trait_variant 0.1 does not compile an `async` one, with our attributes or without.

#![deny(warnings)]
#![cfg(test)]

use etiquette::{
    CircuitBreaker, Stopped, TimedOut, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, with_timeout,
};

#[trait_variant::make(Fetch: Send)]
trait LocalFetch {
    async fn fetch(&mut self, key: String) -> Result<u32, Stopped>;
    async fn name(&self) -> String;
}

// The trait as it was written is there too, for what need not be `Send`.
struct Held(std::rc::Rc<u32>);

impl LocalFetch for Held {
    #[with_timeout(5s)]
    async fn fetch(&mut self, key: String) -> Result<u32, Stopped> {
        let held = std::rc::Rc::clone(&self.0);
        tokio::task::yield_now().await;
        Ok(*held + key.len() as u32)
    }

    async fn name(&self) -> String {
        "held".to_owned()
    }
}

static BREAKER: CircuitBreaker = CircuitBreaker::new();

struct Service {
    calls: u32,
}

impl Fetch for Service {
    #[instrument_task(fields(key))]
    #[with_timeout(30s, total)]
    #[retry(attempts = 3, constant(0s), when = any, clone(key))]
    #[with_timeout(5s, attempt)]
    async fn fetch(&mut self, key: String) -> Result<u32, Stopped> {
        let moved = key;
        self.calls += 1;
        if self.calls < 3 {
            return Err(TimedOut::new("fetch", None).into());
        }
        Ok(self.calls + moved.len() as u32)
    }

    #[cancellable(future = std::future::pending::<()>(), or_return = String::new())]
    async fn name(&self) -> String {
        "service".to_owned()
    }
}

// A trait that becomes `Send` itself.
#[trait_variant::make(Send)]
trait Sent {
    async fn send(&self, n: u32) -> Result<u32, Stopped>;
}

impl Sent for Service {
    #[fallback(Ok(n), when = |e| e.is_timeout())]
    #[hedge(after = 50ms)]
    #[circuit_breaker(state = BREAKER)]
    #[rate_limit(100, per = 1s, key = self.calls, wait = 1s)]
    #[with_timeout(5s)]
    #[concurrency_limit(4)]
    async fn send(&self, n: u32) -> Result<u32, Stopped> {
        Ok(n + self.calls)
    }
}

async fn spawned<T: Fetch + Send + 'static>(mut service: T) -> (Result<u32, Stopped>, String) {
    let task = tokio::spawn(async move { (service.fetch("ab".to_owned()).await, service.name().await) });
    task.await.expect("no panic")
}

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn implementations_are_what_the_trait_asks_for() {
    let (fetched, name) = run(spawned(Service { calls: 0 }));
    assert_eq!((fetched, &*name), (Ok(5), "service"));
    let sent = run(async { tokio::spawn(async { Service { calls: 1 }.send(2).await }).await });
    assert_eq!(sent.expect("no panic"), Ok(3));
    let mut held = Held(std::rc::Rc::new(3));
    assert_eq!(run(LocalFetch::fetch(&mut held, "a".to_owned())), Ok(4));
    assert_eq!(run(LocalFetch::name(&held)), "held");
}
