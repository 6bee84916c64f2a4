//! What a layer keeps from call to call, wherever it lives: a field, behind a pointer, in a lazy static, handed in, or
//! one for each key.

use crate::{Error, run, tick};
use async_trait::async_trait;
use etiquette::{
    CircuitBreaker, ConcurrencyLimit, KeyedCircuitBreaker, KeyedConcurrencyLimit, KeyedRateLimit, RateLimit,
    circuit_breaker, concurrency_limit, hedge, rate_limit, retry,
};
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};
use std::time::Duration;
use tokio::sync::Semaphore;

const HOUR: Duration = Duration::from_secs(3_600);

#[derive(Clone)]
struct States {
    breaker: Arc<CircuitBreaker>,
    places: Arc<ConcurrencyLimit>,
    semaphore: Arc<Semaphore>,
    limiter: Arc<RateLimit>,
}

impl States {
    fn new() -> Self {
        Self {
            breaker: Arc::new(CircuitBreaker::new().consecutive(1)),
            places: Arc::new(ConcurrencyLimit::new(1)),
            semaphore: Arc::new(Semaphore::new(1)),
            limiter: Arc::new(RateLimit::new(2, HOUR)),
        }
    }
}

struct Service<T = ()> {
    states: States,
    list: Vec<u32>,
    #[allow(dead_code, reason = "a type parameter to have")]
    more: T,
}

fn service() -> Service {
    Service {
        states: States::new(),
        list: vec![1],
        more: (),
    }
}

impl<T: Default> Service<T> {
    // In a field, under `&self`; with an error that borrows nothing, a result that does.
    #[circuit_breaker(state = self.states.breaker)]
    #[rate_limit(limiter = self.states.limiter, wait = none)]
    #[concurrency_limit(semaphore = self.states.places, wait = none)]
    #[concurrency_limit(semaphore = self.states.semaphore, wait = none)]
    async fn shared(&self, fail: bool) -> Result<&[u32], Error> {
        tick().await;
        assert_eq!(self.states.places.available(), 0);
        assert_eq!(self.states.semaphore.available_permits(), 0);
        if fail { Err(Error::Busy) } else { Ok(&self.list) }
    }

    // A handle, where the body has `self` to itself.
    #[circuit_breaker(state = self.states.breaker.clone())]
    #[rate_limit(limiter = self.states.limiter.clone(), wait = none)]
    #[concurrency_limit(semaphore = self.states.semaphore.clone(), wait = none)]
    async fn exclusive(&mut self, by: u32) -> Result<usize, Error> {
        self.list.push(by);
        tick().await;
        Ok(self.list.len())
    }

    #[concurrency_limit(semaphore = Arc::clone(&self.states.places), wait = none)]
    async fn by_value(self) -> Result<Vec<u32>, Error> {
        tick().await;
        Ok(self.list)
    }

    // The body does not use `self`.
    #[circuit_breaker(state = self.states.breaker)]
    async fn unused(self: Arc<Self>, n: u32) -> Result<u32, Error> {
        tick().await;
        Ok(n)
    }

    // Every attempt and every run asks.
    #[retry(attempts = 3, constant(0s), retry_refused)]
    #[hedge(after = 50ms)]
    #[rate_limit(limiter = &*self.states.limiter, wait = none)]
    async fn again(&self) -> Result<T, Error> {
        Err(Error::Busy)
    }
}

static LAZY: LazyLock<CircuitBreaker> = LazyLock::new(|| CircuitBreaker::new().consecutive(1));
static ONCE: OnceLock<ConcurrencyLimit> = OnceLock::new();
static MAP: Mutex<Vec<Arc<RateLimit>>> = Mutex::new(Vec::new());

fn limiter_of(at: usize) -> Arc<RateLimit> {
    let mut map = MAP.lock().unwrap();
    while map.len() <= at {
        map.push(Arc::new(RateLimit::new(1, HOUR)));
    }
    map[at].clone()
}

#[circuit_breaker(state = &LAZY)]
#[concurrency_limit(semaphore = ONCE.get_or_init(|| ConcurrencyLimit::new(1)), wait = none)]
#[rate_limit(limiter = limiter_of(at), wait = none)]
async fn made_on_demand(at: usize) -> Result<usize, Error> {
    tick().await;
    Ok(at)
}

#[circuit_breaker(state = *breaker)]
#[concurrency_limit(semaphore = semaphore, wait = none)]
#[rate_limit(limiter = states[0].limiter, wait = none)]
async fn handed_in<B>(breaker: B, semaphore: &Semaphore, states: &[States]) -> Result<usize, Error>
where
    B: Deref<Target = CircuitBreaker>,
{
    tick().await;
    Ok(states.len())
}

static CIRCUITS: KeyedCircuitBreaker = KeyedCircuitBreaker::new().consecutive(1);
static PLACES: KeyedConcurrencyLimit = KeyedConcurrencyLimit::new(1);
static LIMITS: KeyedRateLimit = KeyedRateLimit::new(1, HOUR);

// Called like what an expansion keeps, and read at the place where it is kept.
const BREAKER: u32 = 1;
const RATE: u32 = 1;

#[circuit_breaker(consecutive = BREAKER, key = tenant.0)]
#[concurrency_limit(RATE, key = (&tenant.0, &*list), wait = none)]
#[rate_limit(RATE, per = HOUR, key = list.len(), wait = none)]
async fn keys_of_every_kind(tenant: &(String, u8), list: Vec<u32>) -> Result<Vec<u32>, Error> {
    let moved = list;
    tick().await;
    if moved.is_empty() {
        Err(Error::Busy)
    } else {
        Ok(moved)
    }
}

#[circuit_breaker(state = CIRCUITS, key = key)]
#[concurrency_limit(semaphore = PLACES, key = key, wait = none)]
#[rate_limit(limiter = LIMITS, key = key, wait = none)]
async fn keyed_from_elsewhere<K: std::hash::Hash>(key: K, fail: bool) -> Result<K, Error> {
    tick().await;
    if fail { Err(Error::Busy) } else { Ok(key) }
}

trait Native {
    fn states(&self) -> &States;

    #[circuit_breaker(state = self.states().breaker)]
    #[concurrency_limit(semaphore = &self.states().places, wait = none)]
    async fn default_body(&self, fail: bool) -> Result<usize, Error> {
        tick().await;
        if fail {
            Err(Error::Busy)
        } else {
            Ok(self.states().places.in_use())
        }
    }
}

impl Native for Service {
    fn states(&self) -> &States {
        &self.states
    }
}

#[async_trait]
trait Boxed {
    async fn exclusive_boxed(&mut self, text: String) -> Result<usize, Error>;
}

#[async_trait]
impl Boxed for Service {
    #[retry(attempts = 2, constant(0s), clone(text))]
    #[circuit_breaker(state = self.states.breaker.clone())]
    #[rate_limit(limiter = self.states.limiter.clone(), wait = none)]
    async fn exclusive_boxed(&mut self, text: String) -> Result<usize, Error> {
        let moved = text;
        self.list.push(1);
        tick().await;
        Ok(self.list.len() + moved.len())
    }
}

fn is_refused<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Stopped(stopped)) if stopped.is_refusal())
}

#[test]
fn states_of_a_service() {
    run(async {
        let mut one = service();
        assert_eq!(one.shared(false).await.unwrap(), [1]);
        assert!(matches!(one.shared(true).await, Err(Error::Busy)));
        assert!(is_refused(one.shared(false).await), "the breaker has opened");
        assert!(is_refused(one.exclusive(1).await), "and is the same here");
        one.states.breaker.reset();
        assert!(is_refused(one.exclusive(1).await), "both of the hour are used");
        one.states.limiter.reset();
        assert_eq!(one.exclusive(7).await.unwrap(), 2);
        let held = one.states.semaphore.clone().try_acquire_owned().unwrap();
        assert!(is_refused(one.shared(false).await), "the place is taken");
        drop(held);
        one.states.breaker.force_open();
        let arc = Arc::new(one);
        assert!(is_refused(arc.clone().unused(3).await));
        arc.states.limiter.reset();
        assert!(is_refused(arc.again().await), "two runs, and no third");
        assert_eq!(arc.states.limiter.tokens(), 0);
        let one = Arc::into_inner(arc).unwrap();
        assert_eq!(one.by_value().await.unwrap(), [1, 7]);
    });
}

#[test]
fn states_from_elsewhere() {
    run(async {
        assert_eq!(made_on_demand(1).await.unwrap(), 1);
        assert!(is_refused(made_on_demand(1).await));
        LAZY.reset();
        assert_eq!(made_on_demand(2).await.unwrap(), 2);
        let states = [States::new()];
        let breaker = CircuitBreaker::new();
        let semaphore = Semaphore::new(1);
        assert_eq!(handed_in(&breaker, &semaphore, &states).await.unwrap(), 1);
        assert_eq!(
            handed_in(Arc::new(breaker), &semaphore, &states).await.unwrap(),
            1
        );
        assert!(is_refused(
            handed_in(&CircuitBreaker::new(), &semaphore, &states).await
        ));
    });
}

#[test]
fn a_state_for_each_key() {
    run(async {
        let tenants = ["a", "b"].map(|tenant| (tenant.to_owned(), 1));
        assert_eq!(keys_of_every_kind(&tenants[0], vec![1]).await.unwrap(), [1]);
        assert!(
            is_refused(keys_of_every_kind(&tenants[1], vec![2]).await),
            "as long a list"
        );
        assert!(matches!(
            keys_of_every_kind(&tenants[1], vec![]).await,
            Err(Error::Busy)
        ));
        let open = keys_of_every_kind(&tenants[1], vec![1, 2]).await;
        assert!(matches!(
            open,
            Err(Error::Stopped(etiquette::Stopped::CircuitOpen(_)))
        ));
        assert_eq!(keys_of_every_kind(&tenants[0], vec![1, 2]).await.unwrap(), [1, 2]);
        assert_eq!(keyed_from_elsewhere("a", false).await.unwrap(), "a");
        assert!(is_refused(keyed_from_elsewhere("a", false).await));
        assert_eq!(keyed_from_elsewhere(1, false).await.unwrap(), 1);
        assert!(matches!(keyed_from_elsewhere(2, true).await, Err(Error::Busy)));
        assert!(is_refused(keyed_from_elsewhere(2, true).await));
    });
}

#[test]
fn states_of_a_trait() {
    run(async {
        let mut one = service();
        assert_eq!(one.default_body(false).await.unwrap(), 1);
        assert!(one.default_body(true).await.is_err());
        assert!(is_refused(one.default_body(false).await));
        assert!(is_refused(one.exclusive_boxed("ab".to_owned()).await));
        one.states.breaker.reset();
        assert_eq!(one.exclusive_boxed("ab".to_owned()).await.unwrap(), 4);
    });
}
