//! Where the slots of `#[concurrency_limit]` come from: `semaphore =`, `key =`, and two limits around one body.

use crate::crowd::{Crowd, in_order};
use crate::support::{Error, Runs, ms, sleep, stop_of, timed};
use etiquette::{ConcurrencyLimit, KeyedConcurrencyLimit, concurrency_limit};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::sync::Semaphore;

#[tokio::test(start_paused = true)]
async fn tokios_semaphore_and_ours_wherever_they_are() {
    static OURS: ConcurrencyLimit = ConcurrencyLimit::new(1);
    static TOKIOS: Semaphore = Semaphore::const_new(1);
    static LAZY: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));
    struct Client {
        ours: ConcurrencyLimit,
        tokios: Arc<Semaphore>,
    }
    impl Client {
        #[concurrency_limit(semaphore = self.ours, wait = none)]
        async fn ours(&self) -> Result<(), Error> {
            assert_eq!((self.ours.in_use(), self.ours.available()), (1, 0));
            sleep(ms(1)).await;
            Ok(())
        }
        #[concurrency_limit(semaphore = &self.tokios, wait = none)]
        async fn tokios(&self) -> Result<(), Error> {
            assert_eq!(self.tokios.available_permits(), 0);
            sleep(ms(1)).await;
            Ok(())
        }
        #[concurrency_limit(semaphore = self.tokios.clone(), wait = none)]
        async fn handle(&mut self) -> Result<(), Error> {
            self.ours = ConcurrencyLimit::new(7);
            sleep(ms(1)).await;
            Ok(())
        }
    }
    #[concurrency_limit(semaphore = OURS, wait = none)]
    async fn ours() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    #[concurrency_limit(semaphore = &TOKIOS, wait = none)]
    async fn tokios() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    #[concurrency_limit(semaphore = LAZY, wait = none)]
    async fn lazy() -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
    #[concurrency_limit(semaphore = places, wait = none)]
    async fn argument(places: Arc<Semaphore>) -> Result<usize, Error> {
        sleep(ms(1)).await;
        Ok(places.available_permits())
    }
    async fn one_of_two<A, B>(
        calls: (
            impl Future<Output = Result<A, Error>>,
            impl Future<Output = Result<B, Error>>,
        ),
    ) {
        let (first, second) = tokio::join!(biased; calls.0, calls.1);
        assert!(first.is_ok());
        assert!(stop_of(second.map(drop)).is_refusal());
    }
    let client = Client {
        ours: ConcurrencyLimit::new(1),
        tokios: Arc::new(Semaphore::new(1)),
    };
    let tokios_of_client = client.tokios.clone();
    one_of_two((client.ours(), client.ours())).await;
    one_of_two((client.tokios(), client.tokios())).await;
    one_of_two((ours(), ours())).await;
    one_of_two((tokios(), tokios())).await;
    one_of_two((lazy(), lazy())).await;
    let places = Arc::new(Semaphore::new(1));
    one_of_two((argument(places.clone()), argument(places.clone()))).await;
    let mut client = client;
    let permit = tokios_of_client.try_acquire().unwrap();
    assert!(stop_of(client.handle().await).is_refusal());
    drop(permit);
    assert_eq!(client.handle().await, Ok(()));
    assert_eq!(
        (client.ours.limit(), tokios_of_client.available_permits()),
        (7, 1)
    );
    assert_eq!(
        (
            OURS.available(),
            TOKIOS.available_permits(),
            places.available_permits()
        ),
        (1, 1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_semaphore_that_is_closed_lets_nobody_in() {
    #[concurrency_limit(semaphore = places, wait = forever)]
    async fn call(places: &Semaphore) -> Result<(), Error> {
        sleep(ms(10)).await;
        Ok(())
    }
    let places = Semaphore::new(1);
    let (inside, (waiting, waited), ()) = tokio::join!(biased; call(&places), timed(call(&places)), async {
        sleep(ms(5)).await;
        places.close();
    });
    assert!(inside.is_ok() && stop_of(waiting).is_refusal());
    assert_eq!(waited, ms(5));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_shared_can_be_changed_while_it_is_in_use() {
    static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn read(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    #[concurrency_limit(semaphore = &PLACES, wait = forever)]
    async fn write(crowd: Arc<Crowd>, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    crate::support::after(ms(15), || {
        assert_eq!((PLACES.waiting(), PLACES.in_use()), (10, 1));
        PLACES.set(4);
    });
    crate::support::after(ms(27), || PLACES.set(2));
    let calls = (0..12).map(|number| {
        let crowd = crowd.clone();
        async move {
            match number % 2 {
                0 => read(crowd, number).await,
                _ => write(crowd, number).await,
            }
        }
    });
    in_order(calls).await;
    // One at a time; from 15 on four; from 27 on two, once there are no more than that.
    let times: Vec<u64> = crowd.began_ms().iter().map(|(_, at)| *at).collect();
    assert_eq!(times, [0, 10, 15, 15, 15, 20, 25, 25, 25, 35, 35, 45]);
    assert_eq!((crowd.most(), PLACES.available(), PLACES.waiting()), (4, 2, 0));
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own_slots() {
    #[concurrency_limit(1, key = host, wait = forever)]
    async fn get(host: String, crowd: Arc<Crowd>, number: u32) -> Result<usize, Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        // The body may have the key for itself.
        Ok(host.into_bytes().len())
    }
    let crowd = Crowd::new();
    let call = |host: &str, number| get(host.to_owned(), crowd.clone(), number);
    in_order([call("a", 1), call("a", 2), call("b", 3), call("a", 4)]).await;
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 0), (2, 10), (4, 20)]);
}

#[tokio::test(start_paused = true)]
async fn keys_are_bounded_and_one_in_use_is_never_forgotten() {
    static HOSTS: KeyedConcurrencyLimit = KeyedConcurrencyLimit::new(1).max_keys(2);
    #[concurrency_limit(semaphore = &HOSTS, key = (host, 1), wait = none)]
    async fn get(host: u32, time: u64) -> Result<(), Error> {
        sleep(ms(time)).await;
        Ok(())
    }
    let (long, ()) = tokio::join!(biased; get(0, 1_000), async {
        for host in 1..100 {
            assert_eq!(get(host, 1).await, Ok(()));
            assert!(HOSTS.keys() <= 2);
        }
        assert!(stop_of(get(0, 1).await).is_refusal());
        // Two keys in use: others share what is left.
        let (a, b, c) = tokio::join!(biased; get(200, 1), get(201, 1), get(202, 1));
        assert!(a.is_ok() && b.is_ok() && c.is_err());
    });
    assert!(long.is_ok());
    assert_eq!((HOSTS.available(&(0, 1)), HOSTS.waiting(&(0, 1))), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn one_limit_for_all_and_one_for_each_key() {
    #[concurrency_limit(3, wait = forever)]
    #[concurrency_limit(1, key = tenant, wait = none)]
    async fn call(tenant: &str, crowd: &Crowd, number: u32) -> Result<(), Error> {
        let _inside = crowd.enter(number);
        sleep(ms(10)).await;
        Ok(())
    }
    let crowd = Crowd::new();
    let (a, b, c, d, e) = tokio::join!(
        biased;
        call("a", &crowd, 1),
        call("a", &crowd, 2), // the tenant is full
        call("b", &crowd, 3),
        call("c", &crowd, 4),
        call("d", &crowd, 5), // all is full: waits
    );
    assert!(a.is_ok() && c.is_ok() && d.is_ok() && e.is_ok());
    assert!(stop_of(b).is_refusal());
    assert_eq!(crowd.began_ms(), [(1, 0), (3, 0), (4, 0), (5, 10)]);
}

#[tokio::test(start_paused = true)]
async fn two_semaphores_around_one_body() {
    static READERS: Semaphore = Semaphore::const_new(2);
    static ALL: ConcurrencyLimit = ConcurrencyLimit::new(5);
    #[concurrency_limit(semaphore = &ALL, wait = none)]
    #[concurrency_limit(semaphore = &READERS, wait = none)]
    async fn read() -> Result<(), Error> {
        assert_eq!(ALL.in_use(), 2 - READERS.available_permits());
        sleep(ms(1)).await;
        Ok(())
    }
    let (a, b, c) = tokio::join!(biased; read(), read(), read());
    assert!(a.is_ok() && b.is_ok() && c.is_err());
    assert_eq!((ALL.in_use(), READERS.available_permits()), (0, 2));
}

/// The options are evaluated before the wait: the guard of a lock that they took does not stay.
#[tokio::test(start_paused = true)]
async fn what_an_option_locked_is_free_again_while_the_call_waits_and_runs() {
    struct Settings {
        wait: std::time::Duration,
        shard: u32,
    }
    struct Pool {
        settings: Mutex<Settings>,
        hosts: Mutex<HashMap<&'static str, Arc<Semaphore>>>,
    }
    impl Pool {
        #[concurrency_limit(semaphore = self.hosts.lock().unwrap().entry(host).or_insert_with(one).clone(), wait = self.settings.lock().unwrap().wait)]
        async fn by_host(&self, host: &'static str) -> Result<(), Error> {
            assert!(self.settings.try_lock().is_ok() && self.hosts.try_lock().is_ok());
            sleep(ms(10)).await;
            Ok(())
        }
        #[concurrency_limit(1, key = self.settings.lock().unwrap().shard, wait = none)]
        async fn by_shard(&self) -> Result<(), Error> {
            assert!(self.settings.try_lock().is_ok());
            sleep(ms(10)).await;
            Ok(())
        }
    }
    fn one() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(1))
    }
    fn send<T: Send>(value: T) -> T {
        value
    }
    let pool = Pool {
        settings: Mutex::new(Settings {
            wait: ms(5),
            shard: 1,
        }),
        hosts: Mutex::default(),
    };
    let (a, (b, waited), c) = tokio::join!(
        biased;
        send(pool.by_host("a")),
        timed(pool.by_host("a")),
        pool.by_host("b"),
    );
    assert!(a.is_ok() && c.is_ok() && stop_of(b).is_refusal());
    assert_eq!(waited, ms(5));
    let (a, b) = tokio::join!(biased; send(pool.by_shard()), pool.by_shard());
    assert!(a.is_ok() && b.is_err());
}

/// Once per run of the layer.
#[tokio::test(start_paused = true)]
async fn options_are_evaluated_once_per_call_and_below_a_retry_once_per_attempt() {
    static PLACES: Semaphore = Semaphore::const_new(1);
    fn seen<T>(runs: &Runs, value: T) -> T {
        runs.next();
        value
    }
    #[concurrency_limit(semaphore = seen(runs, &PLACES), wait = seen(runs, ms(1)))]
    async fn once(runs: &Runs) -> Result<(), Error> {
        Ok(())
    }
    #[etiquette::retry(attempts = 3, constant(0s), budget = none)]
    #[concurrency_limit(1, key = seen(runs, 1), wait = seen(runs, ms(1)))]
    async fn thrice(runs: &Runs) -> Result<(), Error> {
        Err(Error::Busy)
    }
    let runs = Runs::new();
    assert_eq!(once(&runs).await, Ok(()));
    assert_eq!(runs.count(), 2);
    let runs = Runs::new();
    assert_eq!(thrice(&runs).await, Err(Error::Busy));
    assert_eq!(runs.count(), 6);
}
