async fn read(store: &Store, key: Key) -> Result<Value, Error> {
    return ::etiquette::__private::hedge(
            ::core::concat!(::core::module_path!(), "::read"),
            ::etiquette::__private::Millis::<50>,
            2u32,
            ::etiquette::__private::Own(|| {
                static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                ::etiquette::__private::of_static(
                    &__ETQ_BUDGET,
                    ::core::concat!(::core::module_path!(), "::read"),
                )
            }),
            || async {
                let mut key = ::core::clone::Clone::clone(&key);
                let mut __etq_ended = ::etiquette::__private::Ended::Body;
                let __etq_out: Result<Value, Error> = match ::etiquette::__private::with_timeout(
                        ::etiquette::__private::Secs::<1>,
                        async {
                            if false {
                                let _ = &mut key;
                            }
                            if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                Result<Value, Error>,
                            > {
                                return __etq_ret;
                            }
                            ::etiquette::__private::fault!(
                                "read"; Result < Value, Error >
                            );
                            match () {
                                () => store.read(key).await,
                            }
                        },
                    )
                    .await
                {
                    ::core::result::Result::Ok(__etq_out) => __etq_out,
                    ::core::result::Result::Err(__etq_stop) => {
                        __etq_ended = ::etiquette::__private::Ended::TimedOut;
                        ::etiquette::__private::stopped::<
                            Result<Value, Error>,
                        >(
                            __etq_stop
                                .of(
                                    ::core::concat!(::core::module_path!(), "::read"),
                                    ::etiquette::__private::TimeoutKind::Call,
                                    1,
                                ),
                        )
                    }
                };
                ::etiquette::__private::ran!(__etq_ended, __etq_out)
            },
        )
        .await
        .1;
}
