async fn look_up(&mut self, mut tenant: Tenant) -> Option<Answer> {
    let __etq_keyed = ::etiquette::__private::KeyedPermits::new(
        {
            static __ETQ_RATE: ::etiquette::__private::KeyedRateLimit = ::etiquette::__private::KeyedRateLimit::new(
                100u32,
                ::core::time::Duration::from_secs(1),
            );
            ::etiquette::__private::of_static(
                &__ETQ_RATE,
                ::core::concat!(::core::module_path!(), "::look_up"),
            )
        },
        ::etiquette::__private::key(&(tenant)),
    );
    return match match ::etiquette::__private::start(&__etq_keyed) {
        ::core::result::Result::Ok(()) => ::core::result::Result::Ok(()),
        ::core::result::Result::Err(__etq_turn_in) => {
            ::etiquette::__private::wait_turn(
                    &__etq_keyed,
                    ::etiquette::__private::Wait::at_most(
                            ::core::time::Duration::from_secs(1),
                        )
                        .of(::core::concat!(::core::module_path!(), "::look_up")),
                    __etq_turn_in,
                )
                .await
        }
    } {
        ::core::result::Result::Ok(()) => {
            let __etq_limiter = &self.limiter.clone();
            let __etq_rate = ::etiquette::__private::limiter(__etq_limiter);
            match match ::etiquette::__private::start(__etq_rate) {
                ::core::result::Result::Ok(()) => ::core::result::Result::Ok(()),
                ::core::result::Result::Err(__etq_turn_in) => {
                    ::etiquette::__private::wait_turn(
                            __etq_rate,
                            ::etiquette::__private::Wait::none()
                                .of(::core::concat!(::core::module_path!(), "::look_up")),
                            __etq_turn_in,
                        )
                        .await
                }
            } {
                ::core::result::Result::Ok(()) => {
                    async {
                        if false {
                            let _ = &mut *self;
                            let _ = &mut tenant;
                        }
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Option<Answer>,
                        > {
                            return __etq_ret;
                        }
                        ::etiquette::__private::fault!("look_up"; Option < Answer >);
                        match () {
                            () => self.cache.get(tenant).await,
                        }
                    }
                        .await
                }
                ::core::result::Result::Err(__etq_stop) => {
                    let _ = __etq_stop
                        .of(::core::concat!(::core::module_path!(), "::look_up"));
                    None
                }
            }
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Option<Answer>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::look_up")))
        }
    };
}
