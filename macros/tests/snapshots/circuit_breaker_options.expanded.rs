async fn fetch(mut id: u64) -> Result<User, Error> {
    let __etq_held = {
        static __ETQ_BREAKER: ::etiquette::__private::CircuitBreaker = ::etiquette::__private::CircuitBreaker::new()
            .name(::core::concat!(::core::module_path!(), "::fetch"))
            .failure_rate(0.25)
            .window_time(::core::time::Duration::from_secs(30))
            .slow_call(::core::time::Duration::from_secs(2));
        ::etiquette::__private::of_static(
            &__ETQ_BREAKER,
            ::core::concat!(::core::module_path!(), "::fetch"),
        )
    };
    return match ::etiquette::__private::admit(
        __etq_held,
        ::core::concat!(::core::module_path!(), "::fetch"),
    ) {
        ::core::result::Result::Ok(__etq_admitted) => {
            let __etq_permit = ::etiquette::__private::Permit::new(
                __etq_held,
                __etq_admitted,
            );
            ::etiquette::__private::Permit::begin(&__etq_permit);
            let __etq_out: Result<User, Error> = async {
                if false {
                    let _ = &mut id;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<User, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("fetch"; Result < User, Error >);
                match () {
                    () => ask(id).await,
                }
            }
                .await;
            match ::etiquette::__private::split!(
                ::etiquette::__private::Ended::Body, __etq_out
            ) {
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
                        ::etiquette::__private::breaker_when!(
                            ::etiquette::__private::Ended::Body, & __etq_out, | e | e
                            .is_fatal()
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
