async fn place(id: u64, user: User, mut card: String) -> Result<u64, SoldOut> {
    let mut __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "place", operation :
        ::core::concat!(::core::module_path!(), "::place"), follows : (), fields : {
        order = id, customer = % user.name }
    );
    let __etq_out: Result<u64, SoldOut> = ::etiquette::__private::Task::scope(
            &__etq_task,
            async {
                if false {
                    let _ = &mut card;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<u64, SoldOut>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("place"; Result < u64, SoldOut >);
                match () {
                    () => {
                        charge(&card).await;
                        Err(SoldOut("coffee".into()))
                    }
                }
            },
        )
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, ::etiquette::__private::Ended::Body, & __etq_out, target :
        ::core::module_path!(), err : (::etiquette::__private::Level::ERROR, Display),
        ret : ()
    );
    return __etq_out;
}
