//! The slots are made once for all calls: their number can come neither from a call nor from an instance.

use etiquette::{Stopped, concurrency_limit};

struct Client {
    most: usize,
}

impl Client {
    const MOST: usize = 16;

    #[concurrency_limit(self.most, wait = none)]
    async fn of_self(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[concurrency_limit(Self::MOST, wait = none)]
    async fn of_the_type(&self) -> Result<(), Stopped> {
        Ok(())
    }

    // This is fine.
    #[concurrency_limit(Client::MOST, wait = none)]
    async fn by_its_name(&self) -> Result<(), Stopped> {
        Ok(())
    }
}

#[concurrency_limit(most, wait = none)]
async fn of_an_argument(most: usize) -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(N, wait = none)]
async fn of_a_parameter<const N: usize>() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(size_of::<T>(), wait = none)]
async fn of_a_type<T>() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let client = Client { most: 16 };
    let _ = (client.of_self(), client.of_the_type(), client.by_its_name());
    let _ = (of_an_argument(3), of_a_parameter::<3>(), of_a_type::<u32>());
}
