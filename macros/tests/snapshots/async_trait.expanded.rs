fn create<'life0, 'async_trait>(
    &'life0 mut self,
    id: String,
    body: Body,
) -> ::core::pin::Pin<
    Box<
        dyn ::core::future::Future<
            Output = Result<Order, Error>,
        > + ::core::marker::Send + 'async_trait,
    >,
>
where
    'life0: 'async_trait,
    Self: 'async_trait,
{
    Box::pin(async move {
        if let ::core::option::Option::Some(__ret) = ::core::option::Option::None::<
            Result<Order, Error>,
        > {
            #[allow(unreachable_code)] return __ret;
        }
        let mut __self = self;
        let mut id = id;
        let body = body;
        let mut __etq_progress = ::etiquette::__private::Progress::new();
        let __ret: Result<Order, Error> = match ::etiquette::__private::with_timeout(
                ::etiquette::__private::limit(__self.limit),
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
                    let mut __etq_keep_body = ::etiquette::__private::Keep::new(body);
                    loop {
                        {
                            __etq_progress.begin(&__etq_retry);
                            let mut body = __etq_keep_body.next(__etq_retry.is_last());
                            let __etq_out: Result<Order, Error> = async {
                                if false {
                                    let _ = &mut *__self;
                                    let _ = &mut id;
                                    let _ = &mut body;
                                }
                                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                    Result<Order, Error>,
                                > {
                                    return __etq_ret;
                                }
                                match () {
                                    () => __self.client.post(id, body).await,
                                }
                            }
                                .await;
                            if !__etq_retry
                                .again(
                                    ::etiquette::__private::when!(
                                        & __etq_out, | e | __self.is_busy(e)
                                    ),
                                )
                            {
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
                    .report(::core::concat!(::core::module_path!(), "::create"));
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
        };
        #[allow(unreachable_code)] __ret
    })
}
