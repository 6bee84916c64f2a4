async fn price(token: CancellationToken, mut id: u64) -> Result<Price, Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "price", operation :
        ::core::concat!(::core::module_path!(), "::price"), follows : (), fields : {}
    );
    let __etq_out: Result<Price, Error> = match ::etiquette::__private::Task::scope(
            &__etq_task,
            ::etiquette::__private::cancellable(
                (token).__etq_source(),
                async {
                    '__etq_fallback: {
                        {
                            let __etq_out: Result<Price, Error> = {
                                let mut __etq_timer = ::core::pin::pin!(
                                    ::etiquette::__private::Total::new(::etiquette::__private::Secs::
                                    < 3 >)
                                );
                                let mut __etq_last = ::etiquette::__private::LastError::new();
                                let __etq_out = {
                                    let mut __etq_retry = ::etiquette::__private::Retry::new(
                                        || ::etiquette::__private::Plan::new(
                                            ::core::concat!(::core::module_path!(), "::price"),
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
                                                ::core::concat!(::core::module_path!(), "::price"),
                                            )
                                        }),
                                    );
                                    loop {
                                        {
                                            __etq_ended = ::etiquette::__private::Ended::Body;
                                            ::etiquette::__private::Task::attempt(
                                                &__etq_task,
                                                ::etiquette::__private::Retry::number(&__etq_retry),
                                            );
                                            let __etq_out: Result<Price, Error> = match ::etiquette::__private::within(
                                                    ::core::pin::Pin::as_mut(&mut __etq_timer),
                                                    ::etiquette::__private::NoLimit,
                                                    async {
                                                        let __etq_held = {
                                                            static __ETQ_BREAKER: ::etiquette::__private::CircuitBreaker = ::etiquette::__private::CircuitBreaker::new()
                                                                .name(::core::concat!(::core::module_path!(), "::price"))
                                                                .slow_call(::core::time::Duration::from_millis(300));
                                                            ::etiquette::__private::of_static(
                                                                &__ETQ_BREAKER,
                                                                ::core::concat!(::core::module_path!(), "::price"),
                                                            )
                                                        };
                                                        match ::etiquette::__private::admit(
                                                            __etq_held,
                                                            ::core::concat!(::core::module_path!(), "::price"),
                                                        ) {
                                                            ::core::result::Result::Ok(__etq_admitted) => {
                                                                let __etq_permit = ::etiquette::__private::Permit::new(
                                                                    __etq_held,
                                                                    __etq_admitted,
                                                                );
                                                                let __etq_out: Result<Price, Error> = {
                                                                    let __etq_rate = {
                                                                        static __ETQ_RATE: ::etiquette::__private::RateLimit = ::etiquette::__private::RateLimit::new(
                                                                            100u32,
                                                                            ::core::time::Duration::from_secs(1),
                                                                        );
                                                                        ::etiquette::__private::of_static(
                                                                            &__ETQ_RATE,
                                                                            ::core::concat!(::core::module_path!(), "::price"),
                                                                        )
                                                                    };
                                                                    match match ::etiquette::__private::start(__etq_rate) {
                                                                        ::core::result::Result::Ok(()) => {
                                                                            ::core::result::Result::Ok(())
                                                                        }
                                                                        ::core::result::Result::Err(__etq_turn_in) => {
                                                                            ::etiquette::__private::wait_turn(
                                                                                    __etq_rate,
                                                                                    ::etiquette::__private::Wait::forever()
                                                                                        .of(::core::concat!(::core::module_path!(), "::price")),
                                                                                    __etq_turn_in,
                                                                                )
                                                                                .await
                                                                        }
                                                                    } {
                                                                        ::core::result::Result::Ok(()) => {
                                                                            match ::etiquette::__private::with_timeout(
                                                                                    ::etiquette::__private::Millis::<500>,
                                                                                    async {
                                                                                        match ::etiquette::__private::acquire(
                                                                                                {
                                                                                                    static __ETQ_SLOTS: ::etiquette::__private::ConcurrencyLimit = ::etiquette::__private::ConcurrencyLimit::new(
                                                                                                        16usize,
                                                                                                    );
                                                                                                    ::etiquette::__private::of_static(
                                                                                                        &__ETQ_SLOTS,
                                                                                                        ::core::concat!(::core::module_path!(), "::price"),
                                                                                                    )
                                                                                                },
                                                                                                ::etiquette::__private::Wait::forever()
                                                                                                    .of(::core::concat!(::core::module_path!(), "::price")),
                                                                                            )
                                                                                            .await
                                                                                        {
                                                                                            ::core::result::Result::Ok(__etq_slot) => {
                                                                                                ::etiquette::__private::Permit::begin(&__etq_permit);
                                                                                                ::etiquette::__private::Slot::run(
                                                                                                        __etq_slot,
                                                                                                        async {
                                                                                                            if false {
                                                                                                                let _ = &mut id;
                                                                                                            }
                                                                                                            if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                                                                                                Result<Price, Error>,
                                                                                                            > {
                                                                                                                return __etq_ret;
                                                                                                            }
                                                                                                            ::etiquette::__private::fault!(
                                                                                                                "price"; Result < Price, Error >
                                                                                                            );
                                                                                                            match () {
                                                                                                                () => ask(id).await,
                                                                                                            }
                                                                                                        },
                                                                                                    )
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
                                                                    }
                                                                };
                                                                match ::etiquette::__private::split!(
                                                                    __etq_ended, __etq_out
                                                                ) {
                                                                    ::core::result::Result::Ok(__etq_out) => {
                                                                        ::etiquette::__private::Permit::record(
                                                                            __etq_permit,
                                                                            ::etiquette::__private::Judged::Success,
                                                                        );
                                                                        __etq_out.into_return()
                                                                    }
                                                                    ::core::result::Result::Err(__etq_out) => {
                                                                        ::etiquette::__private::Permit::record(
                                                                            __etq_permit,
                                                                            ::etiquette::__private::breaker_default!(
                                                                                __etq_ended, & __etq_out
                                                                            ),
                                                                        );
                                                                        __etq_out
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
                                                        }
                                                    },
                                                )
                                                .await
                                            {
                                                ::core::result::Result::Ok(
                                                    ::core::result::Result::Ok(__etq_out),
                                                ) => __etq_out,
                                                ::core::result::Result::Ok(
                                                    ::core::result::Result::Err(__etq_stop),
                                                )
                                                | ::core::result::Result::Err(__etq_stop) => {
                                                    break ::core::result::Result::Err(
                                                        ::etiquette::__private::Retry::cut(&__etq_retry, __etq_stop),
                                                    );
                                                }
                                            };
                                            let __etq_out = match ::etiquette::__private::settle!(
                                                __etq_retry, __etq_out, __etq_ended
                                            ) {
                                                ::core::result::Result::Ok(__etq_out) => {
                                                    break ::core::result::Result::Ok(__etq_out.into_return());
                                                }
                                                ::core::result::Result::Err(__etq_out) => __etq_out,
                                            };
                                            let __etq_again = ::etiquette::__private::Retry::again(
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
                                            );
                                            ::etiquette::__private::retry_event!(
                                                __etq_retry, & __etq_out
                                            );
                                            if !__etq_again {
                                                ::etiquette::__private::Task::gave_up(
                                                    &__etq_task,
                                                    ::etiquette::__private::Retry::why(&__etq_retry),
                                                );
                                                break ::core::result::Result::Ok(__etq_out);
                                            }
                                            ::etiquette::__private::LastError::failed(
                                                &mut __etq_last,
                                                ::etiquette::__private::describe!(& __etq_out),
                                            );
                                        }
                                        if let ::core::result::Result::Err(__etq_cut) = ::etiquette::__private::pause_within(
                                                ::core::pin::Pin::as_mut(&mut __etq_timer),
                                                ::etiquette::__private::Retry::delay(&mut __etq_retry),
                                            )
                                            .await
                                        {
                                            break ::core::result::Result::Err(__etq_cut);
                                        }
                                    }
                                };
                                match __etq_out {
                                    ::core::result::Result::Ok(__etq_out) => __etq_out,
                                    ::core::result::Result::Err(__etq_stop) => {
                                        ::etiquette::__private::LastError::report(
                                            &__etq_last,
                                            ::core::concat!(::core::module_path!(), "::price"),
                                            ::etiquette::__private::Cut::attempts(&__etq_stop),
                                        );
                                        __etq_ended = ::etiquette::__private::Ended::TimedOut;
                                        ::etiquette::__private::stopped::<
                                            Result<Price, Error>,
                                        >(
                                            __etq_stop
                                                .of(::core::concat!(::core::module_path!(), "::price")),
                                        )
                                    }
                                }
                            };
                            if !::etiquette::__private::fall_back!(
                                ::etiquette::__private::fallback::fall_back, __etq_ended, &
                                __etq_out
                            ) {
                                break '__etq_fallback __etq_out;
                            }
                        }
                        ::etiquette::__private::fell_back(
                            ::core::concat!(::core::module_path!(), "::price"),
                        );
                        __etq_ended = ::etiquette::__private::Ended::Body;
                        Ok(Price::unknown())
                    }
                },
            ),
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            let __etq_entered = ::etiquette::__private::Task::enter(&__etq_task);
            {
                __etq_ended = ::etiquette::__private::Ended::Cancelled;
                ::etiquette::__private::cancelled::<
                    Result<Price, Error>,
                >(__etq_stop.of(::core::concat!(::core::module_path!(), "::price")))
            }
        }
    };
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err : (),
        ret : ()
    );
    return __etq_out;
}
