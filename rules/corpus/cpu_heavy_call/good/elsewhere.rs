async fn register(password: String) {
    let hashed = tokio::task::spawn_blocking(move || bcrypt::hash(password, 12)).await??;
    let index = map.hash(key);
    let ok = signature.verify(&key);
    let sum = crate::hash::hash(password);
    self.hasher.hash_password(password);
}

fn sync() { bcrypt::hash(p, 12); }
