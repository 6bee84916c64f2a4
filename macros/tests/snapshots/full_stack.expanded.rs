async fn create(
    &self,
    token: CancellationToken,
    mut id: u64,
    body: Body,
) -> Result<Order, Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "create", operation :
        ::core::concat!(::core::module_path!(), "::create"), follows : (), fields : { id
        }
    );
    let __etq_out: Result<Order, Error> = match ::etiquette::__private::Task::scope(
            &__etq_task,
            ::etiquette::__private::cancellable(
                (token).__etq_source(),
                async {
                    let mut __etq_timer = ::core::pin::pin!(
                        ::etiquette::__private::Total::new(::etiquette::__private::Secs::
                        < 30 >)
                    );
                    let mut __etq_last = ::etiquette::__private::LastError::new();
                    let __etq_out = {
                        let mut __etq_retry = ::etiquette::__private::Retry::new(
                            || ::etiquette::__private::Plan::new(
                                ::core::concat!(::core::module_path!(), "::create"),
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
                                    ::core::concat!(::core::module_path!(), "::create"),
                                )
                            }),
                        );
                        let mut __etq_keep_body = ::etiquette::__private::Keep::new(
                            body,
                        );
                        loop {
                            {
                                __etq_ended = ::etiquette::__private::Ended::Body;
                                ::etiquette::__private::Task::attempt(
                                    &__etq_task,
                                    ::etiquette::__private::Retry::number(&__etq_retry),
                                );
                                let mut body = ::etiquette::__private::Keep::next(
                                    &mut __etq_keep_body,
                                    ::etiquette::__private::Retry::is_last(&__etq_retry),
                                );
                                let __etq_out: Result<Order, Error> = match ::etiquette::__private::within(
                                        ::core::pin::Pin::as_mut(&mut __etq_timer),
                                        ::etiquette::__private::Secs::<2>,
                                        async {
                                            if false {
                                                let _ = &mut id;
                                                let _ = &mut body;
                                            }
                                            if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                                Result<Order, Error>,
                                            > {
                                                return __etq_ret;
                                            }
                                            ::etiquette::__private::fault!(
                                                "create"; Result < Order, Error >
                                            );
                                            match () {
                                                () => self.client.post(id, body).await,
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
                                    ) => {
                                        __etq_ended = ::etiquette::__private::Ended::TimedOut;
                                        ::etiquette::__private::stopped::<
                                            Result<Order, Error>,
                                        >(
                                            __etq_stop
                                                .of(
                                                    ::core::concat!(::core::module_path!(), "::create"),
                                                    ::etiquette::__private::TimeoutKind::Attempt,
                                                    ::etiquette::__private::Retry::number(&__etq_retry),
                                                ),
                                        )
                                    }
                                    ::core::result::Result::Err(__etq_stop) => {
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
                                                Result<Order, Error>,
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
                                ::core::concat!(::core::module_path!(), "::create"),
                                ::etiquette::__private::Cut::attempts(&__etq_stop),
                            );
                            __etq_ended = ::etiquette::__private::Ended::TimedOut;
                            ::etiquette::__private::stopped::<
                                Result<Order, Error>,
                            >(
                                __etq_stop
                                    .of(::core::concat!(::core::module_path!(), "::create")),
                            )
                        }
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
                    Result<Order, Error>,
                >(__etq_stop.of(::core::concat!(::core::module_path!(), "::create")))
            }
        }
    };
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err :
        (::etiquette::__private::Level::ERROR, Display), ret : ()
    );
    return __etq_out;
}
