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
    let __etq_out: Result<Order, Error> = __etq_task
        .scope(async {
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
                                            __etq_progress.begin(&__etq_retry);
                                            __etq_task.attempt(__etq_retry.number());
                                            let mut body = __etq_keep_body.next(__etq_retry.is_last());
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
                                                                __etq_retry.number(),
                                                            ),
                                                    )
                                                }
                                            };
                                            if !__etq_retry
                                                .again(
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
                                                )
                                            {
                                                __etq_task.gave_up(__etq_retry.why());
                                                break __etq_out;
                                            }
                                            ::etiquette::__private::retry_event!(
                                                __etq_retry, & __etq_out
                                            );
                                            __etq_progress
                                                .failed(::etiquette::__private::describe!(& __etq_out));
                                        }
                                        ::etiquette::__private::pause(__etq_retry.delay()).await;
                                    }
                                },
                            )
                            .await
                        {
                            ::core::result::Result::Ok(__etq_out) => __etq_out,
                            ::core::result::Result::Err(__etq_stop) => {
                                __etq_progress
                                    .report(
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
                                            __etq_progress.attempts(),
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
                    >(__etq_stop.of(::core::concat!(::core::module_path!(), "::create")))
                }
            }
        })
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, __etq_ended, & __etq_out, target : ::core::module_path!(), err :
        (::etiquette::__private::Level::ERROR, Display), ret : ()
    );
    return __etq_out;
}
