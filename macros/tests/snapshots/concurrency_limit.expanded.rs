async fn render(mut page: u32) -> Result<String, Error> {
    return match ::etiquette::__private::acquire(
            {
                static __ETQ_SLOTS: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                    2usize,
                );
                ::etiquette::__private::of_static(
                    &__ETQ_SLOTS,
                    ::core::concat!(::core::module_path!(), "::render"),
                )
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
                            Result<String, Error>,
                        > {
                            return __etq_ret;
                        }
                        ::etiquette::__private::fault!(
                            "render"; Result < String, Error >
                        );
                        match () {
                            () => draw(page).await,
                        }
                    },
                )
                .await
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<String, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::render")))
        }
    };
}
