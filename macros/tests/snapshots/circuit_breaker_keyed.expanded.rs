async fn fetch(client: &Client, host: &str) -> Result<User, Error> {
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let __etq_held = ::etiquette::__private::of_key(
        {
            static __ETQ_BREAKER: ::etiquette::__private::KeyedCircuitBreaker = ::etiquette::__private::KeyedCircuitBreaker::new()
                .name(::core::concat!(::core::module_path!(), "::fetch"));
            ::etiquette::__private::of_static(
                &__ETQ_BREAKER,
                ::core::concat!(::core::module_path!(), "::fetch"),
            )
        },
        ::etiquette::__private::key(&(host)),
    );
    return match ::etiquette::__private::admit(
        &__etq_held,
        ::core::concat!(::core::module_path!(), "::fetch"),
    ) {
        ::core::result::Result::Ok(__etq_admitted) => {
            let __etq_permit = ::etiquette::__private::Permit::new(
                __etq_held,
                __etq_admitted,
            );
            let __etq_out: Result<User, Error> = {
                let __etq_semaphore = &client.places;
                match ::etiquette::__private::acquire_queued(
                        &::etiquette::__private::counted_slots(__etq_semaphore),
                        ::etiquette::__private::Wait::at_most(
                                ::core::time::Duration::from_secs(1),
                            )
                            .of(::core::concat!(::core::module_path!(), "::fetch")),
                        8u32,
                    )
                    .await
                {
                    ::core::result::Result::Ok(__etq_slot) => {
                        ::etiquette::__private::Slot::run(
                                __etq_slot,
                                async {
                                    if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                        Result<User, Error>,
                                    > {
                                        return __etq_ret;
                                    }
                                    ::etiquette::__private::fault!(
                                        "fetch"; Result < User, Error >
                                    );
                                    match () {
                                        () => client.ask(host).await,
                                    }
                                },
                            )
                            .await
                    }
                    ::core::result::Result::Err(__etq_stop) => {
                        __etq_ended = ::etiquette::__private::Ended::Refused;
                        ::etiquette::__private::stopped::<
                            Result<User, Error>,
                        >(
                            __etq_stop
                                .of(::core::concat!(::core::module_path!(), "::fetch")),
                        )
                    }
                }
            };
            match ::etiquette::__private::split!(__etq_ended, __etq_out) {
                ::core::result::Result::Ok(__etq_out) => {
                    ::etiquette::__private::Permit::record(
                        __etq_permit,
                        ::etiquette::__private::Judged::Success,
                    );
                    __etq_out.into_return()
                }
                ::core::result::Result::Err(__etq_out) => {
                    ::etiquette::__private::Permit::record(
                        __etq_permit,
                        ::etiquette::__private::breaker_default!(
                            __etq_ended, ::etiquette::__private::can_fail(& __etq_out)
                        ),
                    );
                    __etq_out
                }
            }
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<User, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::fetch")))
        }
    };
}
