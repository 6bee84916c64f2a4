//! What looks like an entry of a concurrent map across an `.await`, and is none.

use dashmap::DashMap;
use std::collections::HashMap;

async fn save(_: u8) {}

#[etiquette::conventions]
mod inside {
    use super::*;

    /// References into plain maps and lists.
    pub async fn plain(map: &mut HashMap<u8, u8>, list: &[u8]) {
        let one = map.get(&1).unwrap();
        save(*one).await;
        if let Some(one) = map.get_mut(&1) {
            save(*one).await;
            *one += 1;
        }
        let Some(one) = map.get(&1) else { return };
        save(*one).await;
        let one = map.entry(1).or_default();
        save(*one).await;
        *one += 1;
        for one in list.iter() {
            save(*one).await;
        }
    }

    /// What is not known before a later line.
    pub async fn found_out_later() -> Vec<u8> {
        let mut list = Vec::new();
        let one = list.get(0).unwrap();
        save(1).await;
        std::hint::black_box(one);
        list.push(2);
        list
    }

    /// Copied out, moved or dropped before.
    pub async fn given_back(map: &DashMap<u8, u8>) {
        let one = map.get(&1).map(|entry| *entry).unwrap_or_default();
        save(one).await;
        if let Some(entry) = map.get(&1) {
            let one = *entry;
            drop(entry);
            save(one).await;
        }
        let maybe = map.get(&1);
        save(2).await;
        drop(maybe);
    }
}

pub use inside::*;
