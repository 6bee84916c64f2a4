async fn create(
    &self,
    token: CancellationToken,
    mut id: u64,
    body: Body,
) -> Result<Order, Error> {
    use ::etiquette::__private::AsCancelSource as _;
    let mut __etq_ended = ::etiquette::__private::Ended::Body;
    let mut __etq_progress = ::etiquette::__private::Progress::new();
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "create", follows : (), fields : { id
        }
    );
    let __etq_out: Result<Order, Error> = ::etiquette::__private::Task::scope(
            &__etq_task,
            async {
                match ::etiquette::__private::cancellable(
                        (token).__etq_source(),
                        async {
                            match ::etiquette::__private::with_timeout(
                                    ::etiquette::__private::limit(
                                        ::core::time::Duration::from_secs(30),
                                    ),
                                    async {
                                        let mut __etq_retry = ::etiquette::__private::Retry::new(
                                            ::core::concat!(::core::module_path!(), "::create"),
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
                                        let mut __etq_keep_body = ::etiquette::__private::Keep::new(
                                            body,
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
                                                let mut body = ::etiquette::__private::Keep::next(
                                                    &mut __etq_keep_body,
                                                    ::etiquette::__private::Retry::is_last(&__etq_retry),
                                                );
                                                let __etq_out: Result<Order, Error> = match ::etiquette::__private::with_timeout(
                                                        ::etiquette::__private::limit(
                                                            ::core::time::Duration::from_secs(2),
                                                        ),
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
                                                            match () {
                                                                () => self.client.post(id, body).await,
                                                            }
                                                        },
                                                    )
                                                    .await
                                                {
                                                    ::core::result::Result::Ok(__etq_out) => __etq_out,
                                                    ::core::result::Result::Err(__etq_stop) => {
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
                                                };
                                                if !::etiquette::__private::Retry::again(
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
                                        ::core::concat!(::core::module_path!(), "::create"),
                                    );
                                    __etq_ended = ::etiquette::__private::Ended::TimedOut;
                                    ::etiquette::__private::stopped::<
                                        Result<Order, Error>,
                                    >(
                                        __etq_stop
                                            .of(
                                                ::core::concat!(::core::module_path!(), "::create"),
                                                ::etiquette::__private::TimeoutKind::Total,
                                                ::etiquette::__private::Progress::attempts(&__etq_progress),
                                            ),
                                    )
                                }
                            }
                        },
                    )
                    .await
                {
                    ::core::result::Result::Ok(__etq_out) => __etq_out,
                    ::core::result::Result::Err(__etq_stop) => {
                        __etq_ended = ::etiquette::__private::Ended::Cancelled;
                        ::etiquette::__private::cancelled::<
                            Result<Order, Error>,
                        >(
                            __etq_stop
                                .of(::core::concat!(::core::module_path!(), "::create")),
                        )
                    }
                }
            },
        )
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err :
        (::etiquette::__private::Level::ERROR, Display), ret : ()
    );
    return __etq_out;
}
