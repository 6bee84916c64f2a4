async fn load(path: &str) -> Result<String, Error> {
    let text = async {
        let mut __etq_retry = ::etiquette::__private::Retry::new(
            || {
                ::etiquette::__private::Plan::new(
                        ::core::concat!(::core::module_path!(), "::retrying"),
                        ::etiquette::__private::attempts(4u32),
                        ::etiquette::__private::Constant::new(
                            ::core::time::Duration::from_millis(50),
                        ),
                    )
                    .jitter(::etiquette::__private::Jitter::None)
            },
            ::etiquette::__private::Own(|| {
                static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                ::etiquette::__private::of_static(
                    &__ETQ_BUDGET,
                    ::core::concat!(::core::module_path!(), "::retrying"),
                )
            }),
        );
        loop {
            {
                let __etq_out: _ = async {
                    match () {
                        () => {
                            let bytes = read(path).await?;
                            String::from_utf8(bytes).map_err(Error::other)
                        }
                    }
                }
                    .await;
                let __etq_out = match ::etiquette::__private::settle!(
                    __etq_retry, __etq_out
                ) {
                    ::core::result::Result::Ok(__etq_out) => {
                        break __etq_out.into_return();
                    }
                    ::core::result::Result::Err(__etq_out) => __etq_out,
                };
                let __etq_again = ::etiquette::__private::Retry::again(
                    &mut __etq_retry,
                    ::etiquette::__private::transient::<_>(&__etq_out),
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
        }
    }
        .await?;
    Ok(text.to_uppercase())
}
