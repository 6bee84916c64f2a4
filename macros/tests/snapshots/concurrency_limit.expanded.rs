async fn render(mut page: Page) -> Result<Html, Error> {
    return match ::etiquette::__private::acquire(
            {
                static __ETQ_PLACES: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                    16usize,
                );
                &__ETQ_PLACES
            },
            ::etiquette::__private::Wait::at_most(::core::time::Duration::from_secs(1))
                .of(::core::concat!(::core::module_path!(), "::render")),
        )
        .await
    {
        ::core::result::Result::Ok(__etq_slot) => {
            ::etiquette::__private::Slot::run(
                    __etq_slot,
                    async {
                        if false {
                            let _ = &mut page;
                        }
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Result<Html, Error>,
                        > {
                            return __etq_ret;
                        }
                        match () {
                            () => page.render().await,
                        }
                    },
                )
                .await
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<Html, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::render")))
        }
    };
}
