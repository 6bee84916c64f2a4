async fn get(&self, mut request: Request) -> Result<Response, Error> {
    let __etq_semaphore = &self.hosts;
    let __etq_keyed = ::etiquette::__private::KeyedSlots::new(
        __etq_semaphore,
        ::etiquette::__private::key(&(request.host())),
    );
    let __etq_wait = ::etiquette::__private::Wait::at_most(self.config.load().wait);
    return match ::etiquette::__private::acquire_queued(
            &__etq_keyed,
            __etq_wait.of(::core::concat!(::core::module_path!(), "::get")),
            100u32,
        )
        .await
    {
        ::core::result::Result::Ok(__etq_slot) => {
            ::etiquette::__private::Slot::run(
                    __etq_slot,
                    async {
                        if false {
                            let _ = &mut request;
                        }
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Result<Response, Error>,
                        > {
                            return __etq_ret;
                        }
                        ::etiquette::__private::fault!(
                            "get"; Result < Response, Error >
                        );
                        match () {
                            () => self.client.send(request).await,
                        }
                    },
                )
                .await
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<Response, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::get")))
        }
    };
}
