async fn send(message: &str) -> Result<usize, Error> {
    let __etq_rate = {
        static __ETQ_RATE: ::etiquette::__private::RateLimit = ::etiquette::__private::RateLimit::new(
                100u32,
                ::core::time::Duration::from_secs(1),
            )
            .burst(2u32);
        ::etiquette::__private::of_static(
            &__ETQ_RATE,
            ::core::concat!(::core::module_path!(), "::send"),
        )
    };
    return match match ::etiquette::__private::start(__etq_rate) {
        ::core::result::Result::Ok(()) => ::core::result::Result::Ok(()),
        ::core::result::Result::Err(__etq_turn_in) => {
            ::etiquette::__private::wait_turn(
                    __etq_rate,
                    ::etiquette::__private::Wait::at_most(
                            ::core::time::Duration::from_millis(15),
                        )
                        .of(::core::concat!(::core::module_path!(), "::send")),
                    __etq_turn_in,
                )
                .await
        }
    } {
        ::core::result::Result::Ok(()) => {
            async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<usize, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("send"; Result < usize, Error >);
                match () {
                    () => deliver(message).await,
                }
            }
                .await
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<usize, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::send")))
        }
    };
}
