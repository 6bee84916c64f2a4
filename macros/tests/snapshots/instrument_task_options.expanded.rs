async fn create(
    mut id: u64,
    user: &User,
    parent: Span,
    causes: Vec<Id>,
) -> Result<Order, Error> {
    let mut __etq_task = ::etiquette::__private::task!(
        target : "shop", parent : (& parent), level :
        ::etiquette::__private::Level::DEBUG, name : "orders::create", operation :
        "orders::create", follows : (causes), fields : { id, user.name = % user.name,
        late = ::etiquette::__private::Empty }
    );
    let __etq_out: Result<Order, Error> = ::etiquette::__private::Task::scope(
            &__etq_task,
            async {
                if false {
                    let _ = &mut id;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<Order, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!(
                    "create", "orders::create"; Result < Order, Error >
                );
                match () {
                    () => insert(id, user).await,
                }
            },
        )
        .await;
    ::etiquette::__private::task_end!(
        __etq_task, ::etiquette::__private::Ended::Body, & __etq_out, target : "shop",
        err : (::etiquette::__private::Level::WARN, Debug), ret :
        (::etiquette::__private::Level::INFO, Debug)
    );
    return __etq_out;
}

async fn forever() -> ! {
    let __etq_task = ::etiquette::__private::task!(
        target : ::core::module_path!(), parent : (), level :
        ::etiquette::__private::Level::INFO, name : "forever", operation :
        ::core::concat!(::core::module_path!(), "::forever"), follows : (), fields : {}
    );
    ::etiquette::__private::Task::scope(
            &__etq_task,
            async {
                ::etiquette::__private::fault!("forever";);
                match () {
                    () => {
                        loop {
                            tick().await
                        }
                    }
                }
            },
        )
        .await
}
