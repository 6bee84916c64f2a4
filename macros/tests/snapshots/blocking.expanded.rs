async fn hash(password: String) -> Result<u64, Stopped> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<5>,
            ::etiquette::__private::met(
                ::etiquette::__private::gate!("hash"; Result < u64, Stopped >),
                ::etiquette::__private::blocking(
                    ::core::option::Option::Some({
                        static __ETQ_SLOTS: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                            4usize,
                        );
                        ::etiquette::__private::of_static(
                            &__ETQ_SLOTS,
                            ::core::concat!(::core::module_path!(), "::hash"),
                        )
                    }),
                    move || {
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Result<u64, Stopped>,
                        > {
                            return __etq_ret;
                        }
                        match () {
                            () => Ok(slow_hash(&password)),
                        }
                    },
                ),
            ),
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<u64, Stopped>,
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
