//! Whose breaker it is: one of the function's own, one from elsewhere, one for each key; and what can be read and done
//! by hand.

use crate::support::{Error, ms, secs, sleep, stop_of};
use async_trait::async_trait;
use etiquette::{CircuitBreaker, CircuitState, Stopped, circuit_breaker};
use std::rc::Rc;
use std::sync::{Arc, LazyLock, RwLock};

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);

fn is_refused(out: Out) -> bool {
    matches!(out, Err(Error::Stopped(Stopped::CircuitOpen(_))))
}

// H32
#[tokio::test(start_paused = true)]
async fn all_instances_of_a_generic_function_share_a_breaker() {
    trait Job {
        fn run(self) -> Out;
    }
    struct Good;
    struct Bad;
    impl Job for Good {
        fn run(self) -> Out {
            Ok(7)
        }
    }
    impl Job for Bad {
        fn run(self) -> Out {
            FAIL
        }
    }
    #[circuit_breaker(consecutive = 2)]
    async fn shared<T: Job, const N: usize>(job: T) -> Out {
        job.run()
    }
    for _ in 0..2 {
        assert_eq!(shared::<_, 1>(Bad).await, FAIL);
    }
    assert!(is_refused(shared::<_, 2>(Good).await));

    // With `state =` each has what it brings.
    #[circuit_breaker(state = breaker)]
    async fn own<T: Job>(breaker: &CircuitBreaker, job: T) -> Out {
        job.run()
    }
    let [good, bad] = [const { CircuitBreaker::new().consecutive(2) }; 2];
    for _ in 0..2 {
        assert_eq!(own(&bad, Bad).await, FAIL);
    }
    assert!(is_refused(own(&bad, Bad).await));
    assert_eq!(own(&good, Good).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn all_implementors_share_that_of_a_default_body() {
    trait Service {
        fn answer(&self) -> Out;

        #[circuit_breaker(consecutive = 2)]
        async fn fetch(&self) -> Out {
            self.answer()
        }
    }
    struct Up;
    struct Down;
    impl Service for Up {
        fn answer(&self) -> Out {
            Ok(7)
        }
    }
    impl Service for Down {
        fn answer(&self) -> Out {
            FAIL
        }
    }
    assert_eq!((Down.fetch().await, Down.fetch().await), (FAIL, FAIL));
    assert!(is_refused(Up.fetch().await));
}

static SHARED: CircuitBreaker = CircuitBreaker::new().consecutive(2).open_for(secs(10));

#[tokio::test(start_paused = true)]
async fn functions_that_name_the_same_share_it() {
    #[circuit_breaker(state = SHARED)]
    async fn read() -> Out {
        FAIL
    }
    #[circuit_breaker(state = &SHARED)]
    async fn write() -> Out {
        FAIL
    }
    assert_eq!((read().await, write().await), (FAIL, FAIL));
    let (read, write) = (stop_of(read().await), stop_of(write().await));
    // Each is refused under its own name.
    assert_eq!(
        read.to_string(),
        "read was refused: circuit open, retry after 10s"
    );
    assert_eq!(
        write.to_string(),
        "write was refused: circuit open, retry after 10s"
    );
    assert_eq!(
        (SHARED.state(), SHARED.time_left()),
        (CircuitState::Open, Some(secs(10)))
    );
}

static LAZY: LazyLock<CircuitBreaker> = LazyLock::new(|| CircuitBreaker::new().consecutive(1));
static SHELF: [CircuitBreaker; 2] = [const { CircuitBreaker::new().consecutive(1) }; 2];

struct Client {
    plain: CircuitBreaker,
    shared: Arc<CircuitBreaker>,
    borrowed: &'static CircuitBreaker,
    replaceable: RwLock<Arc<CircuitBreaker>>,
    calls: u32,
}

impl Client {
    fn breaker(&self) -> Arc<CircuitBreaker> {
        self.shared.clone()
    }

    #[circuit_breaker(state = self.plain)]
    async fn plain(&self) -> Out {
        FAIL
    }

    #[circuit_breaker(state = self.shared)]
    async fn shared(&self) -> Out {
        FAIL
    }

    #[circuit_breaker(state = self.borrowed)]
    async fn borrowed(&self) -> Out {
        FAIL
    }

    #[circuit_breaker(state = self.breaker())]
    async fn called(&self) -> Out {
        sleep(ms(1)).await;
        FAIL
    }

    #[circuit_breaker(state = *self.breaker())]
    async fn dereferenced(&self) -> Out {
        FAIL
    }

    #[circuit_breaker(state = self.replaceable.read().unwrap().clone())]
    async fn replaceable(&self) -> Out {
        sleep(ms(1)).await;
        FAIL
    }

    #[circuit_breaker(state = self.shared.clone())]
    async fn exclusive(&mut self) -> Out {
        self.calls += 1;
        FAIL
    }

    #[circuit_breaker(state = self.shared.clone())]
    async fn owned(self) -> Out {
        drop(self);
        FAIL
    }
}

fn client() -> Client {
    Client {
        plain: CircuitBreaker::new().consecutive(1),
        shared: Arc::new(CircuitBreaker::new().consecutive(1)),
        borrowed: &SHELF[1],
        replaceable: RwLock::new(Arc::new(CircuitBreaker::new().consecutive(1))),
        calls: 0,
    }
}

#[tokio::test(start_paused = true)]
async fn state_is_any_place_or_expression_that_can_be_borrowed() {
    #[circuit_breaker(state = LAZY)]
    async fn lazy() -> Out {
        FAIL
    }
    #[circuit_breaker(state = SHELF[index])]
    async fn indexed(index: usize) -> Out {
        FAIL
    }
    #[circuit_breaker(state = breaker)]
    async fn counted(breaker: Rc<CircuitBreaker>) -> Out {
        FAIL
    }
    #[circuit_breaker(state = if write { &client.plain } else { &*client.shared })]
    async fn chosen(client: &Client, write: bool) -> Out {
        FAIL
    }
    #[circuit_breaker(state = client.plain)]
    async fn by_value(client: Client) -> Out {
        if client.calls == 0 { FAIL } else { Ok(client.calls) }
    }
    assert!(lazy().await == FAIL && is_refused(lazy().await));
    assert!(indexed(0).await == FAIL && is_refused(indexed(0).await));
    let breaker = Rc::new(CircuitBreaker::new().consecutive(1));
    assert!(counted(breaker.clone()).await == FAIL && is_refused(counted(breaker).await));
    assert_eq!(by_value(client()).await, FAIL);

    let one = client();
    assert!(one.plain().await == FAIL && is_refused(one.plain().await));
    assert!(one.shared().await == FAIL && is_refused(one.shared().await));
    assert!(one.borrowed().await == FAIL && is_refused(one.borrowed().await));
    assert!(one.replaceable().await == FAIL && is_refused(one.replaceable().await));
    assert!(is_refused(chosen(&one, true).await) && is_refused(chosen(&one, false).await));
    let one = client();
    assert!(one.called().await == FAIL && is_refused(one.dereferenced().await));
    let one = client();
    assert!(one.dereferenced().await == FAIL && is_refused(one.called().await));
    let mut one = client();
    assert!(one.exclusive().await == FAIL && is_refused(one.exclusive().await));
    assert_eq!(one.calls, 1);
    assert!(is_refused(one.owned().await));
}

#[async_trait]
trait Store {
    async fn load(&self, key: String) -> Out;
    async fn save(&mut self, key: String) -> Out;
}

#[async_trait]
impl Store for Client {
    #[circuit_breaker(state = self.plain)]
    async fn load(&self, key: String) -> Out {
        sleep(ms(1)).await;
        drop(key);
        FAIL
    }

    #[circuit_breaker(state = self.shared.clone())]
    async fn save(&mut self, key: String) -> Out {
        self.calls += 1;
        sleep(ms(1)).await;
        drop(key);
        FAIL
    }
}

#[tokio::test(start_paused = true)]
async fn self_in_an_option_is_that_of_async_trait_too() {
    let mut one = client();
    assert!(one.load("a".into()).await == FAIL && is_refused(one.load("a".into()).await));
    assert!(one.save("a".into()).await == FAIL && is_refused(one.save("a".into()).await));
    assert_eq!(one.calls, 1);
}
