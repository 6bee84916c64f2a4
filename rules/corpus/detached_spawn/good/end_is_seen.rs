use tracing::Instrument;

impl Service {
    // Shutdown waits for every holder of the gate.
    fn start(self: Arc<Self>, gate_guard: GateGuard) {
        let this = self.clone();
        tokio::spawn(async move {
            if let Ok(_gate) = this.gate.enter() {
                this.process().await;
            }
        });
        tokio::spawn({
            let this = self.clone();
            async move {
                let _guard = gate_guard;
                this.process().await;
            }
            .instrument(span)
        });
        let waits = self.wait_group.clone();
        tokio::spawn(async move {
            self.process().await;
            drop(wait_group);
        });
    }

    // Whoever asked holds the other end of the channel: it closes when the task panics.
    fn answer(&self, request: Request, reply: oneshot::Sender<Answer>) {
        tokio::spawn(async move {
            let answer = request.run().await;
            let _ = reply.send(answer);
        });
        tokio::spawn(async move {
            let Ok(found) = request.run().await else { return };
            match found {
                Some(found) => request.reply.send(found),
                None => request.reply.send(Answer::Nothing),
            }
        });
        tokio::spawn(
            async move {
                barrier.wait().await;
                if failed { results.send(Err(Failed)).ok(); } else { results.send(Ok(())).await.ok(); }
            }
            .in_current_span(),
        );
    }
}
