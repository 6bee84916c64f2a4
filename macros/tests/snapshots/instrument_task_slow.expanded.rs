async fn import(file: &Path) -> Result<u64, Error> {
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "import", operation :
        ::core::concat!(::core::module_path!(), "::import"), follows : (), fields : {}
    );
    let __etq_out: Result<u64, Error> = ::etiquette::__private::Task::scope(
            &__etq_task,
            ::etiquette::__private::slow(
                ::etiquette::__private::place!(
                    "slow", ::core::concat!(::core::module_path!(), "::import"),
                    ::core::file!(), ::core::line!()
                ),
                ::etiquette::__private::limit(::core::time::Duration::from_millis(500)),
                ::etiquette::__private::slow_poll(
                    ::etiquette::__private::place!(
                        "slow_poll", ::core::concat!(::core::module_path!(), "::import"),
                        ::core::file!(), ::core::line!()
                    ),
                    ::etiquette::__private::limit(limits::POLL),
                    async {
                        if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                            Result<u64, Error>,
                        > {
                            return __etq_ret;
                        }
                        ::etiquette::__private::fault!("import"; Result < u64, Error >);
                        match () {
                            () => read(file).await,
                        }
                    },
                ),
            ),
        )
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, ::etiquette::__private::Ended::Body, & __etq_out, target :
        ::core::module_path!(), err : (), ret : ()
    );
    return __etq_out;
}
