//! The runners under another name of the crate, without Tokio as a dependency, without a prelude, and with traps where
//! their expansions might look.

#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings)]
#![cfg(test)]
#![allow(dead_code, reason = "traps")]

mod core {}
mod std {}
mod tokio {}
mod etiquette {}
struct Result;
struct Option;
struct Ok;

/// Called as a function: what it is called does not matter.
#[::manners::main(crate = ::manners, flavor = "current_thread", finish = 1s)]
async fn program(tasks: ::manners::Tasks) -> ::std::result::Result<(), ::std::io::Error> {
    let out = tasks.spawn("seven", async { 7 });
    ::std::assert_eq!(out.await.unwrap(), 7);
    ::std::result::Result::Ok(())
}

#[::manners::main(crate = ::manners)]
async fn without_a_value() {}

#[test]
fn programs_run() {
    ::std::assert!(program().is_ok());
    without_a_value();
}

#[::manners::test(crate = ::manners, paused, timeout = 5s)]
async fn paused() {
    let scope = ::manners::Scope::new().with_timeout(::std::time::Duration::from_secs(1));
    ::std::assert!(scope.run(::std::future::pending::<()>()).await.unwrap_err().is_timeout());
}

#[::manners::test(crate = ::manners, flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads(tasks: ::manners::Tasks) -> ::std::result::Result<(), ::manners::TaskError> {
    tasks.spawn("nothing", async {}).await
}

#[::manners::test(crate = ::manners)]
#[should_panic = "work timed out after 10ms"]
#[::manners::with_timeout(10ms, crate = ::manners, name = "work")]
async fn with_a_layer() {
    ::std::future::pending().await
}
