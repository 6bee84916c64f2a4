use crate::vfs as fs;
use super::*;

struct File;

async fn job(store: Store) {
    fs::read("a");
    store.open("b");
    File::open("c");
    read_to_string("d");
    let found = self.options.open("e");
}

fn read_to_string(_: &str) {}
