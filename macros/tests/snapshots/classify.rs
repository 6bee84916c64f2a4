#[derive(Debug, thiserror::Error, Classify)]
enum FetchError {
    #[error("the service is busy")]
    #[transient(after = retry_after)]
    Busy { retry_after: Option<Duration> },

    #[error("no such user")]
    #[permanent]
    NotFound,

    #[error("could not connect")]
    #[not_sent]
    Connect,

    #[error("connection lost")]
    #[classify(inner)]
    Io(#[from] std::io::Error),

    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] etiquette::Stopped),
}
