fn handle(mut request: Request) -> BoxFuture<'static, Result<Reply, Error>> {
    let path = request.path();
    Box::pin(async move {
        return match ::etiquette::__private::with_timeout(
                ::etiquette::__private::Secs::<5>,
                async {
                    if false {
                        let _ = &mut request;
                    }
                    if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                        Result<Reply, Error>,
                    > {
                        return __etq_ret;
                    }
                    ::etiquette::__private::fault!("handle"; Result < Reply, Error >);
                    match () {
                        () => answer(path, request).await,
                    }
                },
            )
            .await
        {
            ::core::result::Result::Ok(__etq_out) => __etq_out,
            ::core::result::Result::Err(__etq_stop) => {
                ::etiquette::__private::stopped::<
                    Result<Reply, Error>,
                >(
                    __etq_stop
                        .of(
                            ::core::concat!(::core::module_path!(), "::handle"),
                            ::etiquette::__private::TimeoutKind::Call,
                            1,
                        ),
                )
            }
        };
    })
}
