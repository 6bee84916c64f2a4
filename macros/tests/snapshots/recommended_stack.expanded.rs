async fn price(token: CancellationToken, mut id: u64) -> Result<Price, Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let mut __etq_progress = ::etiquette::__private::Progress::new();
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "price", follows : (), fields : {}
    );
    let __etq_out: Result<Price, Error> = ::etiquette::__private::Task::scope(
            &__etq_task,
            async {
                match ::etiquette::__private::cancellable(
                        (token).__etq_source(),
                        async {
                            '__etq_fallback: {
                                {
                                    let __etq_out: Result<Price, Error> = match ::etiquette::__private::with_timeout(
                                            ::etiquette::__private::limit(
                                                ::core::time::Duration::from_secs(3),
                                            ),
                                            async {
                                                let mut __etq_retry = ::etiquette::__private::Retry::new(
                                                    ::core::concat!(::core::module_path!(), "::price"),
                                                    ::etiquette::__private::attempts(3u32),
                                                    ::etiquette::__private::Exponential::growing(
                                                        ::core::time::Duration::from_millis(100),
                                                        2.0,
                                                    ),
                                                    ::etiquette::__private::Shared({
                                                        static BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                                                        &BUDGET
                                                    }),
                                                );
                                                loop {
                                                    {
                                                        __etq_ended = ::etiquette::__private::Ended::Body;
                                                        ::etiquette::__private::Progress::begin(
                                                            &mut __etq_progress,
                                                            &__etq_retry,
                                                        );
                                                        ::etiquette::__private::Task::attempt(
                                                            &__etq_task,
                                                            ::etiquette::__private::Retry::number(&__etq_retry),
                                                        );
                                                        let __etq_out: Result<Price, Error> = match ::etiquette::__private::admit({
                                                            static BREAKER: ::etiquette::__private::CircuitBreaker = ::etiquette::__private::CircuitBreaker::new()
                                                                .name(::core::concat!(::core::module_path!(), "::price"))
                                                                .slow_call(::core::time::Duration::from_millis(300));
                                                            &BREAKER
                                                        }) {
                                                            ::core::result::Result::Ok(__etq_permit) => {
                                                                let __etq_out: Result<Price, Error> = match ::etiquette::__private::permit(
                                                                        {
                                                                            static RATE: ::etiquette::__private::RateLimit = ::etiquette::__private::RateLimit::new(
                                                                                100u32,
                                                                                ::core::time::Duration::from_secs(1),
                                                                            );
                                                                            &RATE
                                                                        },
                                                                        ::etiquette::__private::Wait::forever(),
                                                                    )
                                                                    .await
                                                                {
                                                                    ::core::result::Result::Ok(()) => {
                                                                        match ::etiquette::__private::with_timeout(
                                                                                ::etiquette::__private::limit(
                                                                                    ::core::time::Duration::from_millis(500),
                                                                                ),
                                                                                async {
                                                                                    match ::etiquette::__private::acquire(
                                                                                            {
                                                                                                static PLACES: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                                                                                                    16usize,
                                                                                                );
                                                                                                &PLACES
                                                                                            },
                                                                                            ::etiquette::__private::Wait::forever(),
                                                                                        )
                                                                                        .await
                                                                                    {
                                                                                        ::core::result::Result::Ok(__etq_slot) => {
                                                                                            ::etiquette::__private::Permit::begin(&__etq_permit);
                                                                                            async {
                                                                                                if false {
                                                                                                    let _ = &mut id;
                                                                                                }
                                                                                                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                                                                                    Result<Price, Error>,
                                                                                                > {
                                                                                                    return __etq_ret;
                                                                                                }
                                                                                                match () {
                                                                                                    () => ask(id).await,
                                                                                                }
                                                                                            }
                                                                                                .await
                                                                                        }
                                                                                        ::core::result::Result::Err(__etq_stop) => {
                                                                                            __etq_ended = ::etiquette::__private::Ended::Refused;
                                                                                            ::etiquette::__private::stopped::<
                                                                                                Result<Price, Error>,
                                                                                            >(
                                                                                                __etq_stop
                                                                                                    .of(::core::concat!(::core::module_path!(), "::price")),
                                                                                            )
                                                                                        }
                                                                                    }
                                                                                },
                                                                            )
                                                                            .await
                                                                        {
                                                                            ::core::result::Result::Ok(__etq_out) => __etq_out,
                                                                            ::core::result::Result::Err(__etq_stop) => {
                                                                                __etq_ended = ::etiquette::__private::Ended::TimedOut;
                                                                                ::etiquette::__private::stopped::<
                                                                                    Result<Price, Error>,
                                                                                >(
                                                                                    __etq_stop
                                                                                        .of(
                                                                                            ::core::concat!(::core::module_path!(), "::price"),
                                                                                            ::etiquette::__private::TimeoutKind::Attempt,
                                                                                            ::etiquette::__private::Retry::number(&__etq_retry),
                                                                                        ),
                                                                                )
                                                                            }
                                                                        }
                                                                    }
                                                                    ::core::result::Result::Err(__etq_stop) => {
                                                                        __etq_ended = ::etiquette::__private::Ended::Refused;
                                                                        ::etiquette::__private::stopped::<
                                                                            Result<Price, Error>,
                                                                        >(
                                                                            __etq_stop
                                                                                .of(::core::concat!(::core::module_path!(), "::price")),
                                                                        )
                                                                    }
                                                                };
                                                                __etq_permit
                                                                    .record(
                                                                        ::etiquette::__private::breaker_default!(
                                                                            __etq_ended, & __etq_out
                                                                        ),
                                                                    );
                                                                __etq_out
                                                            }
                                                            ::core::result::Result::Err(__etq_stop) => {
                                                                __etq_ended = ::etiquette::__private::Ended::Refused;
                                                                ::etiquette::__private::stopped::<
                                                                    Result<Price, Error>,
                                                                >(
                                                                    __etq_stop
                                                                        .of(::core::concat!(::core::module_path!(), "::price")),
                                                                )
                                                            }
                                                        };
                                                        if !::etiquette::__private::Retry::again(
                                                            &mut __etq_retry,
                                                            match __etq_ended {
                                                                ::etiquette::__private::Ended::Body => {
                                                                    ::etiquette::__private::transient::<
                                                                        Result<Price, Error>,
                                                                    >(&__etq_out)
                                                                }
                                                                __etq_stop => {
                                                                    ::etiquette::__private::judge_stop(__etq_stop, true, false)
                                                                }
                                                            },
                                                        ) {
                                                            ::etiquette::__private::Task::gave_up(
                                                                &__etq_task,
                                                                ::etiquette::__private::Retry::why(&__etq_retry),
                                                            );
                                                            break __etq_out;
                                                        }
                                                        ::etiquette::__private::retry_event!(
                                                            __etq_retry, & __etq_out
                                                        );
                                                        ::etiquette::__private::Progress::failed(
                                                            &mut __etq_progress,
                                                            ::etiquette::__private::describe!(& __etq_out),
                                                        );
                                                    }
                                                    ::etiquette::__private::pause(
                                                            ::etiquette::__private::Retry::delay(&mut __etq_retry),
                                                        )
                                                        .await;
                                                }
                                            },
                                        )
                                        .await
                                    {
                                        ::core::result::Result::Ok(__etq_out) => __etq_out,
                                        ::core::result::Result::Err(__etq_stop) => {
                                            ::etiquette::__private::Progress::report(
                                                &__etq_progress,
                                                ::core::concat!(::core::module_path!(), "::price"),
                                            );
                                            __etq_ended = ::etiquette::__private::Ended::TimedOut;
                                            ::etiquette::__private::stopped::<
                                                Result<Price, Error>,
                                            >(
                                                __etq_stop
                                                    .of(
                                                        ::core::concat!(::core::module_path!(), "::price"),
                                                        ::etiquette::__private::TimeoutKind::Total,
                                                        ::etiquette::__private::Progress::attempts(&__etq_progress),
                                                    ),
                                            )
                                        }
                                    };
                                    if !::etiquette::__private::fall_back!(
                                        __etq_ended, & __etq_out
                                    ) {
                                        break '__etq_fallback __etq_out;
                                    }
                                }
                                __etq_ended = ::etiquette::__private::Ended::Body;
                                Ok(Price::unknown())
                            }
                        },
                    )
                    .await
                {
                    ::core::result::Result::Ok(__etq_out) => __etq_out,
                    ::core::result::Result::Err(__etq_stop) => {
                        __etq_ended = ::etiquette::__private::Ended::Cancelled;
                        ::etiquette::__private::cancelled::<
                            Result<Price, Error>,
                        >(
                            __etq_stop
                                .of(::core::concat!(::core::module_path!(), "::price")),
                        )
                    }
                }
            },
        )
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err : (),
        ret : ()
    );
    return __etq_out;
}
