async fn run(
    mut self,
    mut callback: Box<dyn Fn() + Send>,
    (a, b): (u8, Cell<u8>),
    list: &mut Cell<u8>,
) -> Result<u8, Error> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<5>,
            async {
                if false {
                    let _ = &mut self;
                    let _ = &mut callback;
                    let _ = &mut *list;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<u8, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("run"; Result < u8, Error >);
                match () {
                    () => {
                        callback();
                        tick().await;
                        Ok(self.n + a + b.get() + list.get())
                    }
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<u8, Error>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::run"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
