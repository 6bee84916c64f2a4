async fn recommendations(user: &User) -> Result<Vec<Item>, Error> {
    return '__etq_fallback: {
        let __etq_error = {
            let __etq_out: Result<Vec<Item>, Error> = async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<Vec<Item>, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!(
                    "recommendations"; Result < Vec < Item >, Error >
                );
                match () {
                    () => engine().ask(user).await,
                }
            }
                .await;
            match ::etiquette::__private::error_if(
                ::etiquette::__private::fall_back!(
                    ::etiquette::__private::fallback::fall_back,
                    ::etiquette::__private::Ended::Body, & __etq_out
                ),
                __etq_out,
            ) {
                ::core::result::Result::Ok(__etq_out) => break '__etq_fallback __etq_out,
                ::core::result::Result::Err(__etq_error) => __etq_error,
            }
        };
        ::etiquette::__private::fell_back(
            ::core::concat!(::core::module_path!(), "::recommendations"),
        );
        let error = __etq_error;
        async {
            if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                Result<Vec<Item>, Error>,
            > {
                return __etq_ret;
            }
            cached(user, error).await
        }
            .await
    };
}
