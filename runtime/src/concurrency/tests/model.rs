//! A limit against a naive model of itself.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;

/// What may happen to a limit; the numbers choose among those there are.
#[derive(Clone, Debug)]
enum Event {
    Try,
    Wait,
    /// All who wait look whether it is their turn.
    Look,
    Release(usize),
    Leave(usize),
    Set(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => Just(Event::Try),
        4 => Just(Event::Wait),
        3 => Just(Event::Look),
        4 => any::<usize>().prop_map(Event::Release),
        2 => any::<usize>().prop_map(Event::Leave),
        2 => (0_usize..6).prop_map(Event::Set),
    ]
}

/// Who waits, in order, and whether a slot is theirs already.
#[derive(Default)]
struct Model {
    limit: usize,
    running: usize,
    line: VecDeque<bool>,
}

impl Model {
    fn in_use(&self) -> usize {
        self.running + self.line.iter().filter(|served| **served).count()
    }

    /// What is free goes to those who came first.
    fn serve(&mut self) {
        while self.in_use() < self.limit {
            match self.line.iter_mut().find(|served| !**served) {
                Some(served) => *served = true,
                None => return,
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn is_what_a_queue_says(first in 1_usize..5, events in prop::collection::vec(event(), 1..60)) {
        let limit = ConcurrencyLimit::new(first);
        let mut model = Model { limit: first, ..Model::default() };
        let mut slots = Vec::new();
        let mut line = VecDeque::new();
        for event in events {
            match event {
                Event::Try => {
                    let free = model.in_use() < model.limit;
                    let slot = limit.try_acquire();
                    prop_assert_eq!(slot.is_some(), free);
                    model.running += usize::from(free);
                    slots.extend(slot);
                }
                Event::Wait => {
                    let mut waiting = Box::pin(acquire(&limit, Wait::forever()));
                    let free = model.in_use() < model.limit;
                    match poll_once(waiting.as_mut()) {
                        Poll::Ready(slot) => {
                            prop_assert!(free);
                            model.running += 1;
                            slots.extend(slot);
                        }
                        Poll::Pending => {
                            prop_assert!(!free);
                            model.line.push_back(false);
                            line.push_back(waiting);
                        }
                    }
                }
                Event::Look => {
                    let served = std::mem::take(&mut model.line);
                    for (mut waiting, served) in std::mem::take(&mut line).into_iter().zip(served) {
                        match poll_once(waiting.as_mut()) {
                            Poll::Ready(slot) => {
                                prop_assert!(served);
                                model.running += 1;
                                slots.extend(slot);
                            }
                            Poll::Pending => {
                                prop_assert!(!served);
                                model.line.push_back(false);
                                line.push_back(waiting);
                            }
                        }
                    }
                }
                Event::Release(number) if !slots.is_empty() => {
                    drop(slots.swap_remove(number % slots.len()));
                    model.running -= 1;
                }
                Event::Leave(number) if !line.is_empty() => {
                    let number = number % line.len();
                    drop(line.remove(number));
                    model.line.remove(number);
                }
                Event::Release(_) | Event::Leave(_) => {}
                Event::Set(to) => {
                    limit.set(to);
                    model.limit = to.max(1);
                }
            }
            model.serve();
            prop_assert_eq!(limit.limit(), model.limit);
            prop_assert_eq!(limit.in_use(), model.in_use());
            prop_assert_eq!(limit.available(), model.limit.saturating_sub(model.in_use()));
            prop_assert_eq!(limit.waiting(), model.line.len());
        }
    }
}
