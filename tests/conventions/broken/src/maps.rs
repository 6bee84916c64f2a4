//! Entries of a `DashMap` across an `.await`: each keeps a part of the map locked.

use dashmap::DashMap;

async fn save(_: u8) {}

#[etiquette::conventions]
pub async fn looked_up(map: &DashMap<u8, u8>) {
    let entry = map.get(&1).unwrap();
    save(*entry).await; //~ guard_across_await
    drop(entry);
}

#[etiquette::conventions]
pub async fn matched(map: &DashMap<u8, u8>) {
    if let Some(mut entry) = map.get_mut(&1) {
        save(*entry).await; //~ guard_across_await
        *entry += 1;
    }
}

#[etiquette::conventions]
pub async fn otherwise(map: &DashMap<u8, u8>) {
    let Some(entry) = map.get(&1) else { return };
    save(*entry).await; //~ guard_across_await
    drop(entry);
}

#[etiquette::conventions]
pub async fn created(map: &DashMap<u8, u8>) {
    let mut entry = map.entry(1).or_default();
    save(*entry).await; //~ guard_across_await
    *entry += 1;
}

#[etiquette::conventions]
pub async fn walked(map: &DashMap<u8, u8>) {
    for entry in map.iter() {
        save(*entry).await; //~ guard_across_await
    }
}
