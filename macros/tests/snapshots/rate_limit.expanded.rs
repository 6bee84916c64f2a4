async fn send(message: &Message) -> Result<(), Error> {
    return match ::etiquette::__private::permit(
            {
                static __ETQ_RATE: ::etiquette::__private::RateLimit = ::etiquette::__private::RateLimit::new(
                        100u32,
                        ::core::time::Duration::from_secs(1),
                    )
                    .burst(10u32);
                &__ETQ_RATE
            },
            ::etiquette::__private::Wait::none()
                .of(::core::concat!(::core::module_path!(), "::send")),
        )
        .await
    {
        ::core::result::Result::Ok(()) => {
            async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<(), Error>,
                > {
                    return __etq_ret;
                }
                match () {
                    () => gateway().send(message).await,
                }
            }
                .await
        }
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<(), Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::send")))
        }
    };
}
