//! In process, without rustc: what comes out of `#[conventions]` for good, bad and half-typed items.

use super::checked;
use super::exempt::regroup;
use etiquette_rules::Engine;
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// Under the preset `server`, whatever the policy of this workspace.
fn conventions(args: TokenStream, item: TokenStream) -> TokenStream {
    checked(Ok(Engine::default().with_map_guards(true).into()), args, item)
}

fn expand(args: TokenStream, item: &str) -> String {
    let item: TokenStream = item.parse().unwrap();
    conventions(args, item).to_string()
}

#[test]
fn a_broken_convention_is_a_deprecated_use_in_the_body() {
    let out = expand(
        quote!(),
        "async fn f() { std::fs::read(p); std::thread::sleep(d); }",
    );
    assert!(!out.contains("compile_error"), "{out}");
    assert!(
        out.contains("const fn blocking_sleep () { } blocking_sleep ()"),
        "{out}"
    );
    assert!(syn::parse_str::<syn::ItemFn>(&out).is_ok(), "{out}");
}

#[test]
fn a_guard_is_asked_about_behind_its_let() {
    let out = expand(
        quote!(),
        "async fn f(m: &M) { let g = m.lock(); h().await; drop(g); }",
    );
    let asked = "let g = m . lock () ; # [deny (deprecated)] { use :: etiquette :: __conventions :: by :: * ; \
                 (&& :: etiquette :: __conventions :: Asked (& g)) . guard_across_await () ; } h () . await ;";
    assert!(out.contains(asked), "{out}");
    for silent in [
        "async fn f(m: &M) { let g = m.lock(); drop(g); h().await; }",
        "async fn f(m: &M) { let g = m.read()?; h().await; use_it(&g); }",
        "async fn f(m: &M) { let g = Some(m.lock()); h().await; }",
        "async fn f(m: &M) { let g = m.lock().await; h().await; }",
        "fn f(m: &M) { let g = m.lock(); h(); }",
    ] {
        let out = expand(quote!(), silent);
        assert!(!out.contains("Asked"), "{out}");
    }
}

#[test]
fn a_dropped_handle_keeps_its_place() {
    let out = expand(
        quote!(),
        "async fn f() { spawn_logged(work()); let _ = spawn_logged(async { loop {} }); }",
    );
    assert!(
        out.contains("match spawn_logged (work ()) { __etq_dropped => {"),
        "{out}"
    );
    assert_eq!(out.matches(". detached_spawn ()").count(), 2, "{out}");
    // The type of an endless block is not decided by asking for it.
    assert_eq!(out.matches(". lost_task_error ()").count(), 1, "{out}");
}

#[test]
fn an_entry_of_a_map_is_asked_about_where_it_begins() {
    let asked = "{ # [deny (deprecated)] { use :: etiquette :: __conventions :: by :: * ; \
                 (&& :: etiquette :: __conventions :: Asked (& e)) . guard_across_await () ; } h (";
    for item in [
        "async fn f(m: &M) { if let Some(e) = m.get(&1) { h(&e).await; } }",
        "async fn f(m: &M) { while let Some(mut e) = m.get_mut(&1) { h(&e).await; } }",
        "async fn f(m: &M) { for e in m.iter() { h(&e).await; } }",
    ] {
        let out = expand(quote!(), item);
        assert!(out.contains(asked), "{out}");
    }
    for item in [
        "async fn f(m: &M) { let Some(e) = m.get(&1) else { return }; h(&e).await; }",
        "async fn f(m: &M) { let e = m.get(&1).unwrap(); h(&e).await; }",
        "async fn f(m: &M) { let mut e = m.entry(1).or_insert(2); h(&e).await; }",
    ] {
        let out = expand(quote!(), item);
        assert!(out.contains("; # [deny (deprecated)] {"), "{out}");
    }
    for item in [
        "async fn f(m: &M) { if let Some(e) = m.get(&1) { drop(e); h().await; } }",
        "async fn f(m: &M) { if let Some(e) = m.get(&1) { h(&e); } g().await; }",
        "async fn f(m: &M) { let e = m.get(&1); h(&e).await; }",
        "async fn f(m: &M) { let e = m.get(1)?; h(&e).await; }",
    ] {
        let out = expand(quote!(), item);
        assert!(!out.contains("Asked"), "{out}");
    }
}

#[test]
fn a_future_is_asked_from_outside() {
    let out = expand(
        quote!(send),
        "impl<'a, const N: usize> Store for Table<'a, N> where Self: Sized {
            async fn get<'k>(&self, key: &'k Self, mut n: Self::Key) -> u8 { 1 }
            async fn generic<T>(&self, value: T) {}
            async fn opaque(&self, value: impl Fn()) {}
            #[etiquette::exempt(task_not_send, reason = \"stays on its thread\")]
            async fn exempt(&self) {}
            #[cfg(unix)]
            async fn owned(self: Arc<Self>) {}
            fn sync(&self) {}
        }",
    );
    let get = "const _ : () = { fn __etq_send < 'a , 'k , const N : usize > \
               (__etq_0 : & Table < 'a , N > , __etq_1 : & 'k Table < 'a , N > , __etq_2 : < Table < 'a , N > as Store > :: Key) \
               where Table < 'a , N > : Sized \
               { :: etiquette :: __conventions :: task_not_send \
               (< Table < 'a , N > as Store > :: get (__etq_0 , __etq_1 , __etq_2)) } } ;";
    assert!(out.contains(get), "{out}");
    assert!(
        out.contains("# [cfg (unix)] const _ : () = { fn __etq_send <"),
        "{out}"
    );
    assert!(out.contains("(__etq_0 : Arc < Table < 'a , N > >)"), "{out}");
    assert_eq!(out.matches("task_not_send (").count(), 2, "{out}");

    let out = expand(
        quote!(send),
        "mod m { async fn f() {} mod n { impl S { async fn g() {} } trait T { async fn h() {} } } }",
    );
    assert!(out.contains("task_not_send (f ())"), "{out}");
    assert!(out.contains("task_not_send (< S > :: g ())"), "{out}");
    assert_eq!(out.matches("task_not_send (").count(), 2, "{out}");
    assert!(!expand(quote!(), "async fn f() {}").contains("task_not_send"));
}

#[test]
fn attributes_stay_on_their_statements() {
    let item = "async fn f(m: &M) {
        #[allow(unused)] spawn_logged(work());
        #[etiquette::exempt(blocking_fs, reason = \"another rule\")] spawn_logged(work());
        #[etiquette::exempt(blocking_fs, reason = \"another rule\")] let g = m.lock();
        h().await;
        drop(g);
    }";
    let out = expand(quote!(), item);
    assert!(
        out.contains("# [allow (unused)] match spawn_logged (work ()) {"),
        "{out}"
    );
    assert_eq!(out.matches("match spawn_logged (work ()) {").count(), 2, "{out}");
    assert!(
        out.contains(". guard_across_await ()") && !out.contains("etiquette :: exempt"),
        "{out}"
    );
}

#[test]
fn exemptions_cover_questions_too() {
    let item = "async fn f(m: &M) {
        #[etiquette::exempt(guard_across_await, reason = \"one task only\")]
        let g = m.lock();
        h().await;
        #[etiquette::exempt(detached_spawn, lost_task_error, reason = \"ends with the client\")]
        spawn_logged(work());
    }";
    let out = expand(quote!(), item);
    assert!(!out.contains("Asked") && !out.contains("exempt"), "{out}");
}

#[test]
fn what_is_required_and_who_is_let_off() {
    let item = "impl Api {
        #[with_timeout(5s)] pub async fn a(&self) {}
        #[with_timeout(none)] pub async fn b(&self) {}
        pub async fn missing(&self) {}
        async fn private(&self) {}
        pub fn sync(&self) {}
        #[etiquette::exempt(with_timeout, reason = \"streams for hours\")] pub async fn c(&self) {}
        #[etiquette::exempt(with_timeout, reason = \"never\")] fn stale(&self) {}
    }";
    let out = expand(quote!(require(with_timeout)), item);
    assert_eq!(out.matches("const fn required_layer").count(), 1, "{out}");
    assert!(
        out.contains("`missing` does not carry `#[with_timeout]`"),
        "{out}"
    );
    assert_eq!(out.matches("const fn stale_exempt").count(), 1, "{out}");
    let of_trait = expand(
        quote!(require(instrument_task)),
        "impl<T: Fn(u8) -> Vec<u8>> Store for Db<T> { async fn get(&self) {} }",
    );
    assert_eq!(
        of_trait.matches("const fn required_layer").count(),
        1,
        "{of_trait}"
    );
    let given = expand(
        quote!(require(with_timeout, instrument_task)),
        "#[etiquette::defaults(with_timeout(5s), instrument_task)] mod m { pub async fn f() {} }",
    );
    assert!(!given.contains("required_layer"), "{given}");
}

#[test]
fn nothing_makes_it_panic() {
    let item: TokenStream = "#[etiquette::exempt(blocking_fs, reason = \"x\")] impl<T> Store for Db<T> {
        const N: usize = 1;
        async fn f(&self) -> Result<(), E> {
            let g = self.lock();
            spawn_logged(work());
            select! { _ = a() => { let h = x.borrow(); b().await; }, else => {} }
            #[exempt(detached_spawn)] match g.read() { _ => std::fs::read(p)? };
            Ok(())
        }
    }"
    .parse()
    .unwrap();
    let shorter = without_one(&item);
    assert!(shorter.len() > 100);
    for item in shorter {
        let out = crate::driver::conventions(quote!(require(with_timeout), send), item.clone());
        assert!(!out.to_string().contains("bug in etiquette"), "{item}");
        if syn::parse2::<syn::File>(item.clone()).is_ok() {
            assert!(syn::parse2::<syn::File>(out.clone()).is_ok(), "{item}\n{out}");
        }
    }
}

/// `tokens` with each of its tokens left out in turn, at any depth.
fn without_one(tokens: &TokenStream) -> Vec<TokenStream> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut shorter = Vec::new();
    for n in 0..all.len() {
        let with = |token: Option<TokenTree>| {
            all[..n]
                .iter()
                .cloned()
                .chain(token)
                .chain(all[n + 1..].iter().cloned())
        };
        shorter.push(with(None).collect());
        if let TokenTree::Group(group) = &all[n] {
            shorter.extend(
                without_one(&group.stream())
                    .into_iter()
                    .map(|inner| with(Some(regroup(group, inner).into())).collect::<TokenStream>()),
            );
        }
    }
    shorter
}

#[test]
fn half_typed_items_come_back() {
    for item in [
        "async fn f() { let x = }",
        "impl X { async fn f(&self) { self. } }",
        "async fn",
        "",
    ] {
        let Ok(tokens) = item.parse::<TokenStream>() else {
            continue;
        };
        let out = conventions(TokenStream::new(), tokens.clone()).to_string();
        assert_eq!(out, tokens.to_string());
    }
}

#[test]
fn misuse_is_an_error_beside_the_item() {
    for (args, item, rule) in [
        (quote!(), "struct S;", "belongs on a function"),
        (quote!(), "mod m;", "belongs on a function"),
        (quote!(), "async fn f(&self);", "a method without a body"),
        (quote!(require()), "async fn f() {}", "names at least one layer"),
        (
            quote!(require(timeout)),
            "async fn f() {}",
            "`timeout` is not a layer",
        ),
        (quote!(required(retry)), "async fn f() {}", "unknown option"),
        (quote!(send), "fn f() {}", "about the future of an `async fn`"),
        (quote!(send), "async fn f(&self) {}", "asks a method from outside"),
        (quote!(send), "trait T {}", "nothing to ask in a `trait`"),
        (
            quote!(deny),
            "async fn f() {}",
            "levels are set in `etiquette.toml`",
        ),
    ] {
        let out = expand(args, item);
        assert!(out.contains("compile_error") && out.contains(rule), "{out}");
    }
}
