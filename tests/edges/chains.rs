//! The errors of these crates in chains whose type is erased.

use etiquette::{
    Cancelled, Class, Classify, Stopped, classify_chain,
    reqwest::{Error, StatusError},
};
use tonic::Status;

#[test]
fn each_is_known_wherever_it_is_in_a_chain() {
    fn class(error: impl std::error::Error + Send + Sync + 'static) -> Class {
        classify_chain(anyhow::Error::new(error).context("outer").as_ref())
    }
    assert_eq!(class(sqlx::Error::PoolTimedOut), Class::NotSent);
    assert_eq!(class(sqlx::Error::RowNotFound), Class::Permanent);
    assert_eq!(class(Status::unavailable("closing")), Class::Transient);
    let status = StatusError::new(http::StatusCode::BAD_GATEWAY, None);
    assert_eq!(class(status.clone()), Class::Transient);
    assert_eq!(class(Error::from(status)), Class::Transient);
    assert_eq!(
        class(Error::from(Stopped::from(Cancelled::new("a")))),
        Class::Cancelled
    );
    let not_built = reqwest::Client::new().get("no url").build().unwrap_err();
    assert_eq!(class(not_built), Class::Permanent);
}

#[derive(Debug, thiserror::Error, Classify)]
enum Many {
    #[error("http")]
    #[classify(inner)]
    Http(#[from] reqwest::Error),
    #[error("status")]
    #[classify(inner)]
    Status(#[from] StatusError),
    #[error("database")]
    #[classify(inner)]
    Database(#[from] sqlx::Error),
    #[error("rpc")]
    #[classify(inner)]
    Rpc(#[from] Status),
}

#[test]
fn each_can_be_a_variant_of_a_derived_class() {
    assert_eq!(Many::from(sqlx::Error::PoolTimedOut).class(), Class::NotSent);
    assert_eq!(Many::from(Status::aborted("again")).class(), Class::Permanent);
    let status = StatusError::new(http::StatusCode::NOT_FOUND, None);
    assert_eq!(Many::from(status).class(), Class::Permanent);
    let not_built = reqwest::Client::new().get("no url").build().unwrap_err();
    assert_eq!(Many::from(not_built).class(), Class::Permanent);
}
