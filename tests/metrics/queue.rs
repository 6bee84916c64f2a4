//! How full a queue is.

use crate::support::Counts;

#[etiquette::test]
async fn a_queue_shows_its_fill_under_the_line_that_made_it() {
    let counts = Counts::install();
    let line = line!() + 1;
    let (jobs, mut todo) = etiquette::queue::bounded(4);
    let filled = |fill: f64| format!("etiquette_queue_fill{{queue={}:{line}}} {fill}", file!());
    jobs.send(1).await.unwrap();
    jobs.try_send(2).unwrap();
    assert_eq!(counts.take(), [filled(0.5)]);
    todo.recv().await.unwrap();
    assert_eq!(counts.take(), [filled(0.25)]);
    todo.try_recv().unwrap();
    assert!(counts.take().is_empty(), "it is zero");
}
