//! A run of the body with the layers around it so far, in one of the forms
//!
//! ```text
//! future                                                      // not yet awaited
//! { stmts; expr }                                             // in async context
//! match future.await { Ok(out) => out, Err(stop) => … }       // raced against what can stop it
//! ```

use super::scaffold;
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::syntax::ret::Ret;
use crate::syntax::scan::awaits;
use proc_macro2::TokenStream;
use quote::quote;

/// A run of the body with the layers around it so far.
pub(crate) struct Run {
    form: Form,
    /// The return value is a future itself.
    gives_future: bool,
    /// Statements that belong before everything else in the function.
    entry: TokenStream,
}

enum Form {
    /// A future, not yet awaited.
    Future(TokenStream),
    /// Statements and the expression after them, in async context; the expression is the return value.
    Value { stmts: TokenStream, expr: TokenStream },
    /// A future that was raced against what can stop it, not yet awaited, and what is returned for each way it can end:
    /// patterns and values. The first is that nothing stopped it.
    Race {
        future: TokenStream,
        ends: Vec<(TokenStream, TokenStream)>,
    },
}

impl Run {
    pub(crate) fn future(future: TokenStream, ret: &Ret) -> Self {
        Self {
            form: Form::Future(future),
            gives_future: ret.is_future,
            entry: TokenStream::new(),
        }
    }

    /// Statements and the expression after them.
    pub(crate) fn value(stmts: TokenStream, expr: TokenStream, ret: &Ret) -> Self {
        Self {
            form: Form::Value { stmts, expr },
            gives_future: ret.is_future,
            entry: TokenStream::new(),
        }
    }

    /// The same run with more around it.
    pub(crate) fn wrap(self, f: impl FnOnce(TokenStream) -> TokenStream) -> Self {
        let (entry, gives_future) = (self.entry.clone(), self.gives_future);
        let expr = f(self.into_future());
        Self {
            form: Form::Value {
                stmts: TokenStream::new(),
                expr,
            },
            entry,
            gives_future,
        }
    }

    /// The same run with something around it that can stop it, and then gives what `stopped` says: a pattern and a value.
    ///
    /// Races around each other are one: no `async` block between them, which would hold on to what is inside again.
    pub(crate) fn wrap_raced(
        self,
        f: impl FnOnce(TokenStream) -> TokenStream,
        stopped: (TokenStream, TokenStream),
    ) -> Self {
        let (entry, gives_future) = (self.entry.clone(), self.gives_future);
        let (ok, out) = (paths::ok(), internal("out"));
        // What awaits in the inner one's value can be stopped by the outer one.
        let awaits = |ends: &[(_, TokenStream)]| ends.iter().any(|(_, value)| awaits(value));
        let (future, mut ends) = match self.form {
            Form::Race { future, ends } if !awaits(&ends) => (
                f(future),
                ends.into_iter()
                    .map(|(pattern, value)| (quote!(#ok(#pattern)), value))
                    .collect(),
            ),
            _ => (f(self.into_future()), vec![(quote!(#ok(#out)), quote!(#out))]),
        };
        ends.push(stopped);
        Self {
            form: Form::Race { future, ends },
            entry,
            gives_future,
        }
    }

    /// The same run in something that polls it, awaited: `stopped` is put around what is returned for a stop, `f` around
    /// it all.
    pub(crate) fn wrap_awaited(
        self,
        polls: impl FnOnce(TokenStream) -> TokenStream,
        stopped: impl Fn(TokenStream) -> TokenStream,
        f: impl FnOnce(TokenStream) -> (TokenStream, TokenStream),
    ) -> Self {
        let (entry, gives_future) = (self.entry.clone(), self.gives_future);
        let awaited = match self.form {
            Form::Race { future, ends } if !ends.iter().any(|(_, value)| awaits(value)) => {
                let ends = ends.into_iter().enumerate();
                let ends = ends.map(|(at, (pattern, value))| match at {
                    0 => (pattern, value),
                    _ => (pattern, stopped(value)),
                });
                race(&polls(future), ends)
            }
            _ => {
                let future = polls(self.into_future());
                quote!(#future.await)
            }
        };
        let (stmts, expr) = f(awaited);
        Self {
            form: Form::Value { stmts, expr },
            entry,
            gives_future,
        }
    }

    /// The same run with statements and an expression around its value.
    pub(crate) fn wrap_value(self, f: impl FnOnce(TokenStream) -> (TokenStream, TokenStream)) -> Self {
        let (entry, gives_future) = (self.entry.clone(), self.gives_future);
        let (stmts, expr) = f(self.into_value());
        Self {
            form: Form::Value { stmts, expr },
            entry,
            gives_future,
        }
    }

    /// The same run as something to poll, with statements and an expression around it.
    pub(crate) fn wrap_future_value(self, f: impl FnOnce(TokenStream) -> (TokenStream, TokenStream)) -> Self {
        let (entry, gives_future) = (self.entry.clone(), self.gives_future);
        let (stmts, expr) = f(self.into_future());
        Self {
            form: Form::Value { stmts, expr },
            entry,
            gives_future,
        }
    }

    /// Adds statements at the front of the function.
    pub(crate) fn at_entry(mut self, stmts: TokenStream) -> Self {
        self.entry.extend(stmts);
        self
    }

    /// The same run with statements before it.
    pub(crate) fn after(self, before: TokenStream) -> Self {
        if before.is_empty() {
            return self;
        }
        let gives_future = self.gives_future;
        let (entry, stmts, expr) = self.into_parts();
        Self {
            form: Form::Value {
                stmts: quote!(#before #stmts),
                expr,
            },
            entry,
            gives_future,
        }
    }

    /// As something to poll.
    pub(crate) fn into_future(self) -> TokenStream {
        match self.form {
            Form::Future(future) => future,
            Form::Value { stmts, expr } => {
                let value = scaffold::as_tail(expr, self.gives_future);
                quote!(async { #stmts #value })
            }
            Form::Race { future, ends } => {
                let value = scaffold::as_tail(race(&future, ends), self.gives_future);
                quote!(async { #value })
            }
        }
    }

    /// As one expression in async context.
    fn into_value(self) -> TokenStream {
        match self.form {
            Form::Future(future) => quote!(#future.await),
            Form::Value { stmts, expr } if stmts.is_empty() => expr,
            Form::Value { stmts, expr } => quote!({ #stmts #expr }),
            Form::Race { future, ends } => race(&future, ends),
        }
    }

    /// What belongs at the front of the function, then statements, then the expression.
    pub(crate) fn into_parts(self) -> (TokenStream, TokenStream, TokenStream) {
        let Self { form, entry, .. } = self;
        match form {
            Form::Future(future) => (entry, TokenStream::new(), quote!(#future.await)),
            Form::Value { stmts, expr } => (entry, stmts, expr),
            Form::Race { future, ends } => (entry, TokenStream::new(), race(&future, ends)),
        }
    }
}

/// `match future.await { Ok(out) => out, Err(stop) => … }`
fn race(future: &TokenStream, ends: impl IntoIterator<Item = (TokenStream, TokenStream)>) -> TokenStream {
    let ends = ends
        .into_iter()
        .map(|(pattern, value)| quote!(#pattern => #value,));
    quote!(match #future.await { #(#ends)* })
}
