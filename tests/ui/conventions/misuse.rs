#[etiquette::conventions(require(with_timout))]
async fn unknown_layer() {}

#[etiquette::conventions(require(), requires(retry))]
async fn nothing_required() {}

#[etiquette::conventions(deny(blocking_fs))]
async fn levels() {}

#[etiquette::conventions]
struct Server;

#[etiquette::conventions]
mod file;

trait Store {
    #[etiquette::conventions]
    async fn get(&self);
}

#[etiquette::conventions(send)]
fn sync() {}

#[etiquette::conventions(send)]
trait Sends {
    async fn get(&self);
}

struct Table;

impl Table {
    #[etiquette::conventions(send)]
    async fn method(&self) {}
}

fn main() {}
