async fn fetch(url: &str) -> Result<Body, Error> {
    let mut __etq_retry = ::etiquette::__private::Retry::new(
        || ::etiquette::__private::Plan::new(
            ::core::concat!(::core::module_path!(), "::fetch"),
            ::etiquette::__private::attempts(3u32),
            ::etiquette::__private::Exponential::growing(
                ::core::time::Duration::from_millis(100),
                2.0,
            ),
        ),
        ::etiquette::__private::Own(|| {
            static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
            &__ETQ_BUDGET
        }),
    );
    return loop {
        {
            let __etq_out: Result<Body, Error> = async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<Body, Error>,
                > {
                    return __etq_ret;
                }
                match () {
                    () => get(url).await,
                }
            }
                .await;
            let __etq_out = match ::etiquette::__private::settle!(
                __etq_retry, __etq_out
            ) {
                ::core::result::Result::Ok(__etq_out) => break __etq_out.into_return(),
                ::core::result::Result::Err(__etq_out) => __etq_out,
            };
            if !::etiquette::__private::Retry::again(
                &mut __etq_retry,
                ::etiquette::__private::transient::<Result<Body, Error>>(&__etq_out),
            ) {
                break __etq_out;
            }
            ::etiquette::__private::retry_event!(__etq_retry, & __etq_out);
        }
        ::etiquette::__private::pause(
                ::etiquette::__private::Retry::delay(&mut __etq_retry),
            )
            .await;
    };
}
