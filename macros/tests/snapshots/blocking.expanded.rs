async fn hash(password: String) -> Result<Hash, Error> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<5>,
            ::etiquette::__private::blocking(
                ::core::option::Option::Some({
                    static __ETQ_PLACES: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                        4usize,
                    );
                    &__ETQ_PLACES
                }),
                move || {
                    if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                        Result<Hash, Error>,
                    > {
                        return __etq_ret;
                    }
                    match () {
                        () => argon2(&password),
                    }
                },
            ),
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<Hash, Error>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::hash"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
