async fn look_up(&mut self, mut tenant: Tenant) -> Option<Answer> {
    let __etq_keyed = ::etiquette::__private::KeyedPermits::new(
        {
            static __ETQ_RATE: ::etiquette::__private::KeyedRateLimit = ::etiquette::__private::KeyedRateLimit::new(
                100u32,
                ::core::time::Duration::from_secs(1),
            );
            &__ETQ_RATE
        },
        ::etiquette::__private::key(&(tenant)),
    );
    return match ::etiquette::__private::permit(
            &__etq_keyed,
            ::etiquette::__private::Wait::at_most(::core::time::Duration::from_secs(1))
                .of(::core::concat!(::core::module_path!(), "::look_up")),
        )
        .await
    {
        ::core::result::Result::Ok(()) => {
            let __etq_limiter = &self.limiter.clone();
            match ::etiquette::__private::permit(
                    ::etiquette::__private::limiter(__etq_limiter),
                    ::etiquette::__private::Wait::none()
                        .of(::core::concat!(::core::module_path!(), "::look_up")),
                )
                .await
            {
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
                        match () {
                            () => self.cache.get(tenant).await,
                        }
                    }
                        .await
                }
                ::core::result::Result::Err(_) => None,
            }
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Option<Answer>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::look_up")))
        }
    };
}
