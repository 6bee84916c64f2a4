#[tokio::test]
async fn answers() {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<1>,
            async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    (),
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("answers"; ());
                match () {
                    () => {
                        ask().await;
                    }
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::panic_stopped(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::answers"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
