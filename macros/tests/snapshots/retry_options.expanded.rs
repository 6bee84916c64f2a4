async fn send(&self, request: Request) -> Result<Reply, Error> {
    let mut __etq_retry = ::etiquette::__private::Retry::new(
            ::etiquette::__private::Plan::new(
                    ::core::concat!(::core::module_path!(), "::send"),
                    ::etiquette::__private::attempts(self.attempts),
                    ::etiquette::__private::Constant::new(
                        ::core::time::Duration::from_millis(100),
                    ),
                )
                .jitter(::etiquette::__private::Jitter::Equal),
            ::etiquette::__private::Keyed::new(
                {
                    static __ETQ_BUDGET: ::etiquette::__private::KeyedRetryBudget = ::etiquette::__private::KeyedRetryBudget::new();
                    ::etiquette::__private::of_static(
                        &__ETQ_BUDGET,
                        ::core::concat!(::core::module_path!(), "::send"),
                    )
                },
                &(&request.host),
            ),
        )
        .max_elapsed(::core::time::Duration::from_secs(30))
        .timed();
    let mut __etq_keep_request = ::etiquette::__private::Keep::new(request);
    return loop {
        {
            let at = ::etiquette::__private::Retry::attempt(&__etq_retry);
            let mut request = ::etiquette::__private::Keep::next(
                &mut __etq_keep_request,
                ::etiquette::__private::Retry::is_last(&__etq_retry),
            );
            let __etq_out: Result<Reply, Error> = async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<Reply, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("send"; Result < Reply, Error >);
                match () {
                    () => {
                        request.set("attempt", at.number);
                        self.client.send(request).await
                    }
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
                ::etiquette::__private::when!(& __etq_out, | e | e.is_busy()),
            );
            ::etiquette::__private::retry_event!(__etq_retry, & __etq_out);
            if !__etq_again {
                break __etq_out;
            }
            let __etq_event = ::etiquette::__private::Retry::event(
                &__etq_retry,
                ::etiquette::__private::error_of(&__etq_out),
            );
            let __etq_held = ::etiquette::__private::Retry::delay(&mut __etq_retry);
            if let ::core::option::Option::Some(__etq_event) = &__etq_event {
                let retry = __etq_event;
                async { self.seen(retry).await }.await;
            }
            ::etiquette::__private::Delay::keep(__etq_held);
        }
        ::etiquette::__private::pause(
                ::etiquette::__private::Retry::delay(&mut __etq_retry),
            )
            .await;
    };
}

async fn poll(limit: Duration) -> Poll<u8> {
    let mut __etq_retry = ::etiquette::__private::Retry::new(
            || {
                ::etiquette::__private::Plan::new(
                        ::core::concat!(::core::module_path!(), "::poll"),
                        ::etiquette::__private::Attempts::FOREVER,
                        ::etiquette::__private::Delays::new([
                            ::core::time::Duration::from_secs(0),
                            ::core::time::Duration::from_secs(1),
                        ]),
                    )
                    .jitter(::etiquette::__private::Jitter::Proportional(0.1))
            },
            ::etiquette::__private::Shared(&BUDGET),
        )
        .max_elapsed(limit);
    return loop {
        {
            let __etq_out: Poll<u8> = async {
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Poll<u8>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("poll"; Poll < u8 >);
                match () {
                    () => ask().await,
                }
            }
                .await;
            let __etq_again = ::etiquette::__private::Retry::again(
                &mut __etq_retry,
                ::etiquette::__private::when_result!(& __etq_out, is_pending),
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

async fn with_a_policy(&mut self) -> Result<u8, Error> {
    let mut __etq_retry = ::etiquette::__private::Retry::with_policy(
        ::core::concat!(::core::module_path!(), "::with_a_policy"),
        self.policy.clone(),
        ::etiquette::__private::NoBudget,
    );
    return loop {
        {
            let __etq_out: Result<u8, Error> = async {
                if false {
                    let _ = &mut *self;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<u8, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("with_a_policy"; Result < u8, Error >);
                match () {
                    () => self.ask().await,
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
                ::etiquette::__private::any_error!(& __etq_out),
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
