//! Functions that come out of `macro_rules!`, in the ways of H131 to H134.

use crate::{Error, run};
use etiquette::{cancellable, retry, with_timeout};
use tokio_util::sync::CancellationToken;

// H131: the attribute is the macro's, the body the caller's; the injected name belongs to the body.
macro_rules! body_of_the_caller {
    ($name:ident, $body:block) => {
        #[retry(attempts = 3, attempt = at, constant(0s))]
        async fn $name() -> Result<u32, Error> $body
    };
}
body_of_the_caller!(callers_body, {
    if at.number == 3 {
        Ok(at.number)
    } else {
        Err(Error::Busy)
    }
});

// H132: only the `#` is the macro's.
macro_rules! attributes_passed_on {
    ($(#[$m:meta])* $v:vis async fn $($rest:tt)*) => {
        $(#[$m])* $v async fn $($rest)*
    };
}
attributes_passed_on! {
    #[with_timeout(30s, total)]
    #[retry(attempts = 3, attempt = at, constant(0s))]
    pub(crate) async fn passed_on() -> Result<u32, Error> {
        if at.is_last { Ok(at.number) } else { Err(Error::Busy) }
    }
}

// H133: every part is a fragment.
macro_rules! fragments {
    ($v:vis $a:ident $name:ident($p:ident: $t:ty) -> $ret:ty $b:block) => {
        #[with_timeout(5s)]
        $v $a fn $name($p: $t) -> $ret $b
    };
}
fragments!(pub(crate) async fragments_as_groups(n: u32) -> Result<u32, Error> { Ok(n) });

// H134
macro_rules! method {
    (|$s:ident| $body:expr) => {
        #[cancellable($s.token)]
        async fn method(&$s) -> Result<u32, Error> {
            $body
        }
    };
}

struct Service {
    token: CancellationToken,
    value: u32,
}

impl Service {
    method!(|self| Ok(self.value));
}

macro_rules! limit_of_the_caller {
    ($name:ident, $limit:expr, $attempts:literal) => {
        #[with_timeout($limit, total)]
        #[retry(attempts = $attempts, constant(0s))]
        async fn $name(count: &mut u32) -> Result<(), Error> {
            *count += 1;
            Err(Error::Busy)
        }
    };
}
limit_of_the_caller!(callers_limit, std::time::Duration::from_secs(5), 4);

#[test]
fn macros_may_write_it() {
    run(async {
        assert_eq!(callers_body().await.unwrap(), 3);
        assert_eq!(passed_on().await.unwrap(), 3);
        assert_eq!(fragments_as_groups(3).await.unwrap(), 3);
        let service = Service {
            token: CancellationToken::new(),
            value: 4,
        };
        assert_eq!(service.method().await.unwrap(), 4);
        let mut count = 0;
        assert!(callers_limit(&mut count).await.is_err());
        assert_eq!(count, 4);
    });
}
