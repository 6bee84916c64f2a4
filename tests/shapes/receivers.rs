//! Every way to take `self`.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::pin::Pin;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

struct Counter {
    value: u32,
    list: Vec<u8>,
    token: CancellationToken,
}

impl Counter {
    const STEP: u32 = 2;

    fn new(value: u32) -> Self {
        Self {
            value,
            list: vec![1, 2],
            token: CancellationToken::new(),
        }
    }

    // H1
    #[with_timeout(5s)]
    async fn shared(&self) -> Result<&[u8], Error> {
        tick().await;
        Ok(&self.list)
    }

    // H2
    #[with_timeout(5s)]
    async fn exclusive(&mut self) -> Result<&mut Vec<u8>, Error> {
        tick().await;
        self.list.push(3);
        Ok(&mut self.list)
    }

    // H3
    #[with_timeout(5s)]
    async fn by_value(mut self, by: u32) -> Result<Self, Error> {
        self.value += by;
        tick().await;
        Ok(self)
    }

    #[cancellable(self.token)]
    async fn moved_out(self) -> Result<Vec<u8>, Error> {
        tick().await;
        Ok(self.list)
    }

    // H4
    #[with_timeout(5s)]
    async fn arc(self: Arc<Self>) -> Result<u32, Error> {
        tick().await;
        Ok(self.value)
    }

    #[retry(attempts = 2)]
    async fn boxed(self: Box<Self>) -> Result<u32, Error> {
        tick().await;
        Ok(self.value)
    }

    #[with_timeout(5s)]
    async fn boxed_mut(mut self: Box<Self>) -> Result<u32, Error> {
        self.value += 1;
        tick().await;
        Ok(self.value)
    }

    #[with_timeout(5s)]
    async fn pinned(self: Pin<&mut Self>) -> Result<u32, Error> {
        tick().await;
        Ok(self.get_mut().value)
    }

    // H5
    #[with_timeout(5s)]
    async fn typed_reference(self: &Self) -> Result<u32, Error> {
        tick().await;
        Ok(self.value)
    }

    #[with_timeout(5s)]
    async fn typed_exclusive(self: &mut Self) -> Result<u32, Error> {
        self.value += 1;
        tick().await;
        Ok(self.value)
    }

    // H6, H7
    #[retry(attempts = 2)]
    async fn constructs(value: u32) -> Result<Self, Error> {
        let Self { value, list, token } = Self::new(value + Self::STEP);
        tick().await;
        Ok(Self { value, list, token })
    }

    // H8, H9, H10, H11
    #[with_timeout(5s)]
    async fn mentions_self(&self) -> Result<String, Error> {
        struct Local(u8);
        impl Local {
            fn get(self) -> u8 {
                self.0
            }
        }
        macro_rules! value {
            () => {
                self.value
            };
        }
        let _: &Self = self;
        let local = Local(1).get();
        self::helper();
        Ok(format!("{} {} {local}", self.value, value!()))
    }

    // H12
    #[with_timeout(5s)]
    async fn selects(&mut self) -> Result<u32, Error> {
        tokio::select! {
            biased;
            () = async { self.value += 1; tick().await } => Ok(self.value),
            () = std::future::pending() => Ok(0),
        }
    }

    // H13: every attribute may name `self`.
    #[instrument_task(fields(value = self.value))]
    #[cancellable(self.token)]
    #[retry(attempts = self.value, when = |_| self.value < 3)]
    async fn options_name_self(&mut self) -> Result<u32, Error> {
        self.value += 1;
        if self.value < 3 {
            Err(Error::Busy)
        } else {
            Ok(self.value)
        }
    }
}

fn helper() {}

#[test]
fn every_receiver() {
    run(async {
        let mut counter = Counter::new(1);
        assert_eq!(counter.shared().await.unwrap(), [1, 2]);
        assert_eq!(counter.exclusive().await.unwrap().len(), 3);
        assert_eq!(counter.typed_reference().await.unwrap(), 1);
        assert_eq!(counter.typed_exclusive().await.unwrap(), 2);
        assert_eq!(counter.selects().await.unwrap(), 3);
        assert_eq!(Pin::new(&mut counter).pinned().await.unwrap(), 3);
        assert_eq!(counter.mentions_self().await.unwrap(), "3 3 1");
        let counter = counter.by_value(4).await.unwrap();
        assert_eq!(counter.value, 7);
        assert_eq!(counter.moved_out().await.unwrap(), [1, 2, 3]);
        assert_eq!(Arc::new(Counter::new(5)).arc().await.unwrap(), 5);
        assert_eq!(Box::new(Counter::new(5)).boxed().await.unwrap(), 5);
        assert_eq!(Box::new(Counter::new(5)).boxed_mut().await.unwrap(), 6);
        assert_eq!(Counter::constructs(5).await.unwrap().value, 7);
    });
}

#[test]
fn options_see_self_between_attempts() {
    // Three attempts are allowed by the value at entry; the third is the first to succeed.
    let mut counter = Counter::new(3);
    counter.value = 3;
    assert_eq!(run(counter.options_name_self()).unwrap(), 4);
    let mut counter = Counter::new(2);
    assert_eq!(run(counter.options_name_self()).unwrap(), 3);
    let mut counter = Counter::new(0);
    assert!(
        run(counter.options_name_self()).is_err(),
        "a count of 0 is one attempt"
    );
}
