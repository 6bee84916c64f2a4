async fn recommendations(mut user: u64) -> Result<Vec<String>, Stopped> {
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    return '__etq_fallback: {
        {
            let __etq_out: Result<Vec<String>, Stopped> = match ::etiquette::__private::with_timeout(
                    ::etiquette::__private::Millis::<200>,
                    async {
                        if false {
                            let _ = &mut user;
                        }
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Result<Vec<String>, Stopped>,
                        > {
                            return __etq_ret;
                        }
                        ::etiquette::__private::fault!(
                            "recommendations"; Result < Vec < String >, Stopped >
                        );
                        match () {
                            () => ask(user).await,
                        }
                    },
                )
                .await
            {
                ::core::result::Result::Ok(__etq_out) => __etq_out,
                ::core::result::Result::Err(__etq_stop) => {
                    __etq_ended = ::etiquette::__private::Ended::TimedOut;
                    ::etiquette::__private::stopped::<
                        Result<Vec<String>, Stopped>,
                    >(
                        __etq_stop
                            .of(
                                ::core::concat!(
                                    ::core::module_path!(), "::recommendations"
                                ),
                                ::etiquette::__private::TimeoutKind::Call,
                                1,
                            ),
                    )
                }
            };
            if !::etiquette::__private::fall_back!(
                ::etiquette::__private::fallback::fall_back, __etq_ended, & __etq_out
            ) {
                break '__etq_fallback __etq_out;
            }
        }
        ::etiquette::__private::fell_back(
            ::core::concat!(::core::module_path!(), "::recommendations"),
        );
        Ok(Vec::new())
    };
}
