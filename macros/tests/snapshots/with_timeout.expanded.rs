async fn fetch_user(mut id: u64) -> Result<String, Error> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<5>,
            async {
                if false {
                    let _ = &mut id;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<String, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("fetch_user"; Result < String, Error >);
                match () {
                    () => ask(id).await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<String, Error>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::fetch_user"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
