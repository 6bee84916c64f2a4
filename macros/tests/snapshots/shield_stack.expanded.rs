async fn commit(order: Order) -> Result<(), Error> {
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "commit", operation :
        ::core::concat!(::core::module_path!(), "::commit"), follows : (), fields : {}
    );
    let __etq_out: Result<(), Error> = match ::etiquette::__private::Task::scope(
            &__etq_task,
            ::etiquette::__private::with_timeout(
                ::etiquette::__private::Secs::<5>,
                async {
                    ::etiquette::__private::shield_as(
                            ::core::concat!(::core::module_path!(), "::commit"),
                            async move {
                                let mut __etq_retry = ::etiquette::__private::Retry::new(
                                    || ::etiquette::__private::Plan::new(
                                        ::core::concat!(::core::module_path!(), "::commit"),
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
                                            ::core::concat!(::core::module_path!(), "::commit"),
                                        )
                                    }),
                                );
                                let mut __etq_keep_order = ::etiquette::__private::Keep::new(
                                    order,
                                );
                                loop {
                                    {
                                        let mut order = ::etiquette::__private::Keep::next(
                                            &mut __etq_keep_order,
                                            ::etiquette::__private::Retry::is_last(&__etq_retry),
                                        );
                                        let __etq_out: Result<(), Error> = async {
                                            if false {
                                                let _ = &mut order;
                                            }
                                            if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                                Result<(), Error>,
                                            > {
                                                return __etq_ret;
                                            }
                                            ::etiquette::__private::fault!(
                                                "commit"; Result < (), Error >
                                            );
                                            match () {
                                                () => ledger().commit(order).await,
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
                                            ::etiquette::__private::transient::<
                                                Result<(), Error>,
                                            >(&__etq_out),
                                        );
                                        ::etiquette::__private::retry_event!(
                                            __etq_retry, & __etq_out
                                        );
                                        if !__etq_again {
                                            break __etq_out;
                                        }
                                    }
                                    ::etiquette::__private::pause(
                                            ::etiquette::__private::Retry::delay(&mut __etq_retry),
                                        )
                                        .await;
                                }
                            },
                        )
                        .await
                },
            ),
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            let __etq_entered = ::etiquette::__private::Task::enter(&__etq_task);
            {
                __etq_ended = ::etiquette::__private::Ended::TimedOut;
                ::etiquette::__private::stopped::<
                    Result<(), Error>,
                >(
                    __etq_stop
                        .of(
                            ::core::concat!(::core::module_path!(), "::commit"),
                            ::etiquette::__private::TimeoutKind::Total,
                            1,
                        ),
                )
            }
        }
    };
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err : (),
        ret : ()
    );
    return __etq_out;
}
