async fn fetch_user(mut id: u64) -> Result<String, Error> {
    let __etq_held = {
        static __ETQ_BREAKER: ::etiquette::__private::CircuitBreaker = ::etiquette::__private::CircuitBreaker::new()
            .name(::core::concat!(::core::module_path!(), "::fetch_user"));
        ::etiquette::__private::of_static(
            &__ETQ_BREAKER,
            ::core::concat!(::core::module_path!(), "::fetch_user"),
        )
    };
    return match ::etiquette::__private::admit(
        __etq_held,
        ::core::concat!(::core::module_path!(), "::fetch_user"),
    ) {
        ::core::result::Result::Ok(__etq_admitted) => {
            let __etq_permit = ::etiquette::__private::Permit::new(
                __etq_held,
                __etq_admitted,
            );
            let __etq_out: Result<String, Error> = async {
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
                        ::etiquette::__private::breaker_default!(
                            ::etiquette::__private::Ended::Body,
                            ::etiquette::__private::can_fail(& __etq_out)
                        ),
                    );
                    __etq_out
                }
            }
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<String, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::fetch_user")))
        }
    };
}
