async fn read(replicas: &Replicas, key: &str) -> Result<String, std::io::Error> {
    return ::etiquette::__private::hedge(
            ::core::concat!(::core::module_path!(), "::read"),
            ::etiquette::__private::Millis::<50>,
            2u32,
            ::etiquette::__private::Own(|| {
                static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                ::etiquette::__private::of_static(
                    &__ETQ_BUDGET,
                    ::core::concat!(::core::module_path!(), "::read"),
                )
            }),
            || async {
                let __etq_out: Result<String, std::io::Error> = async {
                    if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                        Result<String, std::io::Error>,
                    > {
                        return __etq_ret;
                    }
                    ::etiquette::__private::fault!(
                        "read"; Result < String, std::io::Error >
                    );
                    match () {
                        () => replicas.ask(key).await,
                    }
                }
                    .await;
                ::etiquette::__private::ran!(
                    ::etiquette::__private::Ended::Body, __etq_out
                )
            },
        )
        .await
        .1;
}
