//! Functions that come out of `macro_rules!`.

use crate::{Error, tick};

macro_rules! whole {
    ($name:ident, $ret:ty) => {
        #[layers]
        async fn $name(number: u8) -> Result<$ret, Error> {
            tick().await;
            Ok(number)
        }
    };
}
whole!(whole, u8);

macro_rules! body {
    ($name:ident $body:block) => {
        #[layers]
        async fn $name(number: u8) -> Result<u8, Error> {
            tick().await;
            let _ = number;
            $body
        }
    };
}
body!(body {
    let inside = 1;
    Ok(inside)
});

body!(one_expression { Ok(1) });

macro_rules! whole_body {
    ($name:ident $body:block) => {
        #[layers]
        async fn $name() -> Result<u8, Error> $body
    };
}
whole_body!(whole_body {
    let inside = 1;
    tick().await;
    Ok(inside)
});

macro_rules! tokens {
    ($(#[$m:meta])* async fn $($rest:tt)*) => { $(#[$m])* async fn $($rest)* };
}
tokens! {
    #[layers]
    async fn tokens(number: u8) -> Result<u8, Error> {
        let mut never_changed = number;
        tick().await;
        Ok(never_changed)
    }
}
