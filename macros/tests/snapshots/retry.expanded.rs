async fn fetch_user(service: &Service, mut id: u64) -> Result<String, Error> {
    let mut __etq_retry = ::etiquette::__private::Retry::new(
        || ::etiquette::__private::Plan::new(
            ::core::concat!(::core::module_path!(), "::fetch_user"),
            ::etiquette::__private::attempts(3u32),
            ::etiquette::__private::Exponential::growing(
                ::core::time::Duration::from_millis(100),
                2.0,
            ),
        ),
        ::etiquette::__private::Own(|| {
            static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
            ::etiquette::__private::of_static(
                &__ETQ_BUDGET,
                ::core::concat!(::core::module_path!(), "::fetch_user"),
            )
        }),
    );
    return loop {
        {
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
                    () => service.ask(id).await,
                }
            }
                .await;
            let __etq_out = match ::etiquette::__private::settle!(
                __etq_retry, __etq_out
            ) {
                ::core::result::Result::Ok(__etq_out) => break __etq_out.into_return(),
                ::core::result::Result::Err(__etq_out) => __etq_out,
            };
            let __etq_again = ::etiquette::__private::Retry::again(
                &mut __etq_retry,
                ::etiquette::__private::transient::<Result<String, Error>>(&__etq_out),
            );
            ::etiquette::__private::retry_event!(__etq_retry, & __etq_out);
            if !__etq_again {
                break __etq_out;
            }
        }
        ::etiquette::__private::pause(
                ::etiquette::__private::Retry::delay(&mut __etq_retry),
            )
            .await;
    };
}
