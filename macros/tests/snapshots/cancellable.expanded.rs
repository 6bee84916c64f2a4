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
