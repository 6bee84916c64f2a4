//! More than there is to hand over.

use etiquette::Tasks;

#[etiquette::main]
async fn main(tasks: Tasks, port: u16) {
    drop((tasks, port));
}

#[etiquette::main]
async fn generic<T>(tasks: Tasks) {
    drop(tasks);
}

struct App;

impl App {
    #[etiquette::main]
    async fn run(self) {}
}

#[etiquette::main]
struct Config;
