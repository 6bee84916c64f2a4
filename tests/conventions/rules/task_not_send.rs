//! Breaks `task_not_send`.

use std::rc::Rc;

#[etiquette::conventions(send)]
pub async fn work(list: Vec<u8>) { //~ task_not_send
    let list = Rc::new(list);
    tokio::task::yield_now().await;
    println!("{}", list.len());
}
