//! What a layer keeps from call to call where no option names it: a static of the function's own, or what stands for it
//! in a test.

/// The static itself.
#[cfg(not(feature = "test-util"))]
#[doc(hidden)]
#[inline(always)]
pub const fn of_static<T>(state: &'static T, _: &'static str) -> &'static T {
    state
}

/// The static itself, or what stands for it in the test that this thread belongs to.
#[cfg(feature = "test-util")]
#[doc(hidden)]
pub fn of_static<T: Fresh>(state: &'static T, operation: &'static str) -> &'static T {
    match crate::testing::World::current() {
        Some(world) => world.state(state, operation),
        None => state,
    }
}

/// State that can be had anew.
#[cfg(feature = "test-util")]
#[doc(hidden)]
pub trait Fresh: Send + Sync + Sized + 'static {
    /// A new one of the same settings.
    fn fresh(&self) -> Self;
}
