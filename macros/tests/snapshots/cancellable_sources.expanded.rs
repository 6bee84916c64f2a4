async fn token_used_by_the_body(mut token: CancellationToken) -> Result<(), Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let __etq_source = &mut ::core::clone::Clone::clone(&token);
    return match ::etiquette::__private::cancellable(
            (*__etq_source).__etq_source(),
            async {
                if false {
                    let _ = &mut token;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<(), Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!(
                    "token_used_by_the_body"; Result < (), Error >
                );
                match () {
                    () => spawn(token.child_token()).await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::cancelled::<
                Result<(), Error>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(
                            ::core::module_path!(), "::token_used_by_the_body"
                        ),
                    ),
            )
        }
    };
}

async fn watch(stop: watch::Receiver<bool>) -> Result<(), Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let __etq_source = &mut { stop };
    return match ::etiquette::__private::cancellable(
            (*__etq_source).__etq_source(),
            async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<(), Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("watch"; Result < (), Error >);
                match () {
                    () => work().await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            let _ = __etq_stop.of(::core::concat!(::core::module_path!(), "::watch"));
            Ok(())
        }
    };
}

async fn field(&mut self) -> Result<(), Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let __etq_source = &mut ::core::clone::Clone::clone(&self.token);
    return match ::etiquette::__private::cancellable(
            (*__etq_source).__etq_source(),
            async {
                if false {
                    let _ = &mut *self;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<(), Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("field"; Result < (), Error >);
                match () {
                    () => self.work().await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::cancelled::<
                Result<(), Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::field")))
        }
    };
}

async fn future() -> Result<(), Error> {
    return match ::etiquette::__private::cancellable_on_with_grace(
            signal::ctrl_c(),
            ::etiquette::__private::limit(::core::time::Duration::from_secs(5)),
            async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<(), Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("future"; Result < (), Error >);
                match () {
                    () => work().await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::cancelled::<
                Result<(), Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::future")))
        }
    };
}

async fn worker(token: CancellationToken, mut jobs: Receiver<Job>) {
    use ::etiquette::__private::AsCancelSource as _;
    return match ::etiquette::__private::cancellable(
            (token).__etq_source(),
            async {
                if false {
                    let _ = &mut jobs;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    (),
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("worker"; ());
                match () {
                    () => {
                        while let Some(job) = jobs.recv().await {
                            run(job).await;
                        }
                    }
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::cancelled::<
                (),
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::worker")))
        }
    };
}
