//! Functions that carry every option of the layers between them: what the tests of all expansions expand beside the
//! snapshots.

pub(super) const FUNCTIONS: &str = r#"
#[circuit_breaker(failure_rate = 0.25, window = 50, min_calls = 10, open_for = 5s, factor = 1.5, max = 1m, probes = 2,
    slow_call = 300ms, slow_rate = 0.9, when = |e| e.counts(), abandoned = failure, error = Error::open, name = "own")]
#[concurrency_limit(PLACES, wait = 1s, queue = 4, key = id, error = |full| Error::from(full), name = "own")]
#[rate_limit(RATE, per = 1m30s, burst = BURST + 1, wait = wait.min(MAX), key = (id, 1), or_return = Err(Error::Busy))]
async fn own_states(id: u64, wait: Duration) -> Result<User, Error> {
    ask(id).await
}

#[circuit_breaker(window = 30s, or_return = None)]
#[concurrency_limit(semaphore = &*client.places, wait = none, or_return = { let n = None; n })]
#[rate_limit(limiter = LIMITS.of(host), wait = forever, or_return = None)]
async fn states_from_elsewhere(client: &Client, host: &str) -> Option<User> {
    client.ask(host).await
}

#[circuit_breaker(consecutive = N, open_for = OPEN_FOR, key = self.host())]
#[concurrency_limit(16, wait = none)]
#[concurrency_limit(semaphore = self.places.clone(), wait = 1s, key = tenant)]
async fn two_limits(self: Arc<Self>, tenant: Tenant) -> io::Result<impl Iterator<Item = u8>> {
    self.ask(tenant).await
}

#[cancellable]
#[concurrency_limit(16, across_retries)]
#[retry(attempts = 3, retry_refused, clone(key), budget = none)]
#[hedge(after = 50ms, attempts = 3, clone(key), budget = &BUDGET, name = "own")]
#[circuit_breaker]
#[with_timeout(1s, attempt)]
async fn hedged(token: CancellationToken, store: &Store, key: Key) -> Result<Value, Error> {
    store.read(key).await
}

#[hedge(after = after, budget = none)]
#[circuit_breaker(slow_call = 1s)]
#[concurrency_limit(semaphore = self.places, wait = 1s)]
async fn hedged_alone(&self, after: Duration) -> Result<Value, Error> {
    self.read().await
}

#[fallback(if stale { Ok(Value::stale()) } else { Value::empty() }.into(), when = |e| e.is_busy(), name = "own")]
#[hedge(after = 50ms, key = host)]
async fn replaced(host: &str, stale: bool) -> Result<Value, Error> {
    read(host).await
}

#[fallback(with = |error| { log(&error).await; cached(host).await.ok_or(error) }, when = busy)]
async fn replaced_by_waiting(host: &str) -> Result<Value, Error> {
    read(host).await
}

#[fallback(with = Cache::instead)]
async fn replaced_by_a_function() -> Result<Value, Error> {
    read().await
}

#[instrument_task(fields(order.id = %order.id))]
#[with_timeout(5s, total)]
#[shield(name = "own")]
#[retry(clone(order), attempt = at)]
#[circuit_breaker]
#[with_timeout(1s, attempt)]
async fn shielded(order: Order) -> Result<(), Error> {
    ledger().commit(order, at.number).await
}

#[retry(clone(password))]
#[with_timeout(5s, attempt)]
#[blocking(limit = 4, name = "own")]
async fn on_a_thread(password: String) -> Result<Hash, Error> {
    argon2(&password)
}
"#;
