//! A guard of Tokio's that is held on purpose.

use tokio::sync::RwLock;

/// The shards of a collection, which nobody may change in the middle of a resharding.
#[derive(Default)]
pub(super) struct Shards {
    holder: RwLock<Vec<u32>>,
}

// RW39: the guard keeps a sequence of steps together; that is what it is for.
pub(super) async fn finish_resharding(shards: &Shards, from: u32, to: u32) -> usize {
    let mut holder = shards.holder.write().await;
    commit(from).await;
    holder.retain(|shard| *shard != from);
    commit(to).await;
    holder.push(to);
    commit(from + to).await;
    holder.len()
}

async fn commit(shard: u32) {
    tokio::time::sleep(tokio::time::Duration::from_millis(u64::from(shard))).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_sees_the_middle() {
        let shards = Shards {
            holder: RwLock::new(vec![1, 2]),
        };
        let (len, seen) = tokio::join!(finish_resharding(&shards, 1, 9), async {
            tokio::time::sleep(tokio::time::Duration::from_millis(5)).await;
            shards.holder.read().await.clone()
        });
        assert_eq!((len, seen), (2, vec![2, 9]));
    }
}
