//! Shadowed crates, shadowed preludes, no prelude at all: expansions name everything in full.

/// H124, H125: everything that an expansion could have meant is something else here.
mod shadowed {
    #![allow(dead_code, unused_macros)]
    use crate::Error;

    mod core {}
    mod std {}
    mod tokio {}
    mod etiquette_macros {}
    enum Option {
        Some,
        None,
    }
    enum Poll {
        Ready,
        Pending,
    }
    struct Duration;
    trait Future {}
    macro_rules! concat {
        () => {};
    }
    macro_rules! module_path {
        () => {};
    }
    macro_rules! task {
        () => {};
    }

    #[::etiquette::instrument_task(fields(n), err, ret)]
    #[::etiquette::cancellable]
    #[::etiquette::with_timeout(30s, total)]
    #[::etiquette::retry(attempts = 3, clone(text), attempt = at, on_retry = |r| assert!(r.attempt > 0))]
    #[::etiquette::with_timeout(5s, attempt)]
    pub(super) async fn everything(
        token: ::tokio_util::sync::CancellationToken,
        n: u8,
        text: String,
    ) -> Result<String, Error> {
        let _ = n;
        if at.is_last { Ok(text) } else { Err(Error::Busy) }
    }
}

/// H126, in the smallest crate there is: a module without a prelude.
mod no_prelude {
    #![no_implicit_prelude]

    #[::etiquette::instrument_task(fields(n), err)]
    #[::etiquette::cancellable]
    #[::etiquette::with_timeout(30s, total)]
    #[::etiquette::retry(attempts = 3, clone(n), when = any)]
    #[::etiquette::with_timeout(5s, attempt)]
    pub(super) async fn everything(
        token: ::tokio_util::sync::CancellationToken,
        n: u8,
    ) -> ::core::result::Result<u8, crate::Error> {
        ::core::result::Result::Ok(n)
    }
}

/// H129: a facade that re-exports us.
mod facade {
    pub(crate) mod inner {
        pub(crate) use ::etiquette;
    }
}

mod through_the_facade {
    use crate::hygiene::path as facade;

    #[facade::etiquette::with_timeout(5s, total, crate = crate::hygiene::path::etiquette)]
    #[facade::etiquette::retry(attempts = 2, crate = crate::hygiene::path::etiquette)]
    #[facade::etiquette::with_timeout(1s, attempt)]
    pub(super) async fn found() -> Result<u8, crate::Error> {
        Ok(1)
    }
}

pub(crate) use facade::inner as path;

/// H148: a renamed import composes like any other, above the rest.
mod renamed {
    use etiquette::retry as again;
    use etiquette::with_timeout;

    #[again(attempts = 2)]
    #[with_timeout(1s, attempt)]
    pub(super) async fn found() -> Result<u8, crate::Error> {
        Ok(1)
    }
}

/// Another crate's attribute of the same name is left alone.
mod lookalike {
    use tracing::instrument as retry;

    #[etiquette::with_timeout(1s)]
    #[retry(skip_all)]
    pub(super) async fn found() -> Result<u8, crate::Error> {
        Ok(1)
    }
}

#[test]
fn names_do_not_clash() {
    crate::run(async {
        let token = tokio_util::sync::CancellationToken::new();
        assert_eq!(
            shadowed::everything(token.clone(), 1, "x".into()).await.unwrap(),
            "x"
        );
        assert_eq!(no_prelude::everything(token, 1).await.unwrap(), 1);
        assert_eq!(through_the_facade::found().await.unwrap(), 1);
        assert_eq!(renamed::found().await.unwrap(), 1);
        assert_eq!(lookalike::found().await.unwrap(), 1);
    });
}
