//! `#[concurrency_limit]` alone.

use std::sync::Arc;

use etiquette::{__private as P, ConcurrencyLimit, KeyedConcurrencyLimit, Stopped};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep},
};

use crate::{Error, is_send, ms};

const OP: &str = concat!(module_path!(), "::fetch");

type Ret = Result<u32, Error>;

/// `#[concurrency_limit(2, wait = …)]`.
async fn fetch(limit: &ConcurrencyLimit, mut id: u32, wait: P::Wait) -> Ret {
    let mut __etq_ended = P::Ended::Body;
    let __etq_out: Ret = match P::acquire(&limit, wait).await {
        Ok(__etq_slot) => {
            P::Slot::run(__etq_slot, async {
                if false {
                    let _ = &mut id;
                }
                sleep(ms(10)).await;
                id += 1;
                Ok(id)
            })
            .await
        }
        Err(__etq_stop) => {
            __etq_ended = P::Ended::Refused;
            P::stopped::<Ret>(__etq_stop.of(OP))
        }
    };
    // What a layer above would read.
    assert_eq!(__etq_ended == P::Ended::Refused, __etq_out.is_err());
    return __etq_out;
}

#[tokio::test(start_paused = true)]
async fn waits_in_line_or_is_refused() {
    let limit = ConcurrencyLimit::new(2);
    let start = Instant::now();
    let (a, b, c, d) = tokio::join!(
        is_send(fetch(&limit, 1, P::Wait::forever())),
        fetch(&limit, 2, P::Wait::at_most(ms(10))),
        fetch(&limit, 3, P::Wait::at_most(Some(ms(20)))),
        fetch(&limit, 4, P::Wait::none()),
    );
    assert_eq!((a, b, c), (Ok(2), Ok(3), Ok(4)));
    assert_eq!(start.elapsed(), ms(20));
    let Err(Error::Stopped(Stopped::AtCapacity(stop))) = d else {
        panic!("{d:?}")
    };
    assert_eq!(stop.operation, "lowered::concurrency::fetch");
    assert_eq!(limit.available(), 2);
}

/// The state of a service, as users write it.
struct Service {
    semaphore: Arc<Semaphore>,
    hosts: Arc<KeyedConcurrencyLimit>,
}

impl Service {
    /// `#[concurrency_limit(semaphore = self.semaphore.clone())]`.
    async fn any(&self) -> Ret {
        let __etq_places = &self.semaphore.clone();
        match P::acquire(&P::slots(__etq_places), P::Wait::none()).await {
            Ok(__etq_slot) => {
                P::Slot::run(__etq_slot, async {
                    Ok(self.semaphore.available_permits() as u32)
                })
                .await
            }
            Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
        }
    }

    /// `#[concurrency_limit(semaphore = self.hosts, key = host, queue = 1)]`.
    async fn by_host(&self, host: String) -> Ret {
        let __etq_places = &self.hosts;
        let __etq_keyed = P::KeyedSlots::new(__etq_places, P::key(&(host)));
        match P::acquire_queued(&__etq_keyed, P::Wait::forever(), 1u32).await {
            Ok(__etq_slot) => {
                P::Slot::run(__etq_slot, async {
                    drop(host);
                    sleep(ms(10)).await;
                    Ok(7)
                })
                .await
            }
            Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn takes_a_semaphore_and_keys() {
    let service = Service {
        semaphore: Arc::new(Semaphore::new(1)),
        hosts: Arc::new(KeyedConcurrencyLimit::new(1)),
    };
    assert_eq!(is_send(service.any()).await, Ok(0));
    assert_eq!(service.semaphore.available_permits(), 1);
    let start = Instant::now();
    let (a, b, c, other) = tokio::join!(
        is_send(service.by_host("a".into())),
        service.by_host("a".into()),
        service.by_host("a".into()),
        service.by_host("b".into()),
    );
    assert_eq!((a, b, other), (Ok(7), Ok(7), Ok(7)));
    assert!(matches!(c, Err(Error::Stopped(stop)) if stop.is_refusal()));
    assert_eq!(start.elapsed(), ms(20));
}

#[tokio::test(start_paused = true)]
async fn below_a_retry_the_slot_is_left_while_it_sleeps() {
    static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);
    async fn flaky(fails: u32) -> Ret {
        let mut __etq_retry = P::Retry::new(
            P::Plan::new(OP, P::attempts(3u32), P::Constant::new(ms(50))),
            P::NoBudget,
        );
        loop {
            {
                let mut __etq_ended = P::Ended::Body;
                let __etq_out: Ret = match P::acquire(&ONE, P::Wait::none()).await {
                    Ok(_slot) if __etq_retry.number() <= fails => Err(Error::Busy),
                    Ok(_slot) => Ok(1),
                    Err(__etq_stop) => {
                        __etq_ended = P::Ended::Refused;
                        P::stopped::<Ret>(__etq_stop.of(OP))
                    }
                };
                let __etq_verdict = match __etq_ended {
                    P::Ended::Body => P::transient::<Ret>(&__etq_out),
                    __etq_stop => P::judge_stop(__etq_stop, true, false),
                };
                if !__etq_retry.again(__etq_verdict) {
                    break __etq_out;
                }
            }
            assert_eq!(ONE.available(), 1);
            P::pause(__etq_retry.delay()).await;
        }
    }
    assert_eq!(is_send(flaky(2)).await, Ok(1));
    // A refusal is final.
    let start = Instant::now();
    let _slot = ONE.try_acquire();
    assert!(matches!(flaky(0).await, Err(Error::Stopped(_))));
    assert_eq!(start.elapsed(), ms(0));
}

#[tokio::test(start_paused = true)]
async fn dropped_at_any_time_it_holds_nothing() {
    let limit = ConcurrencyLimit::new(2);
    for after in [0, 5, 10, 15, 25] {
        let calls = async {
            tokio::join!(
                fetch(&limit, 1, P::Wait::forever()),
                fetch(&limit, 2, P::Wait::forever()),
                fetch(&limit, 3, P::Wait::at_most(ms(50))),
                fetch(&limit, 4, P::Wait::forever()),
            )
        };
        let _ = tokio::time::timeout(ms(after), calls).await;
        assert_eq!((limit.waiting(), limit.available()), (0, 2));
    }
}
