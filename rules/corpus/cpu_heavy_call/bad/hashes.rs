use argon2::{Argon2, PasswordHasher};
use bcrypt::{DEFAULT_COST, hash};

async fn register(password: String) {
    let hashed = hash(password, DEFAULT_COST)?; //~ cpu_heavy_call
    let ok = hashes.first().and_then(|known| bcrypt::verify(&password, known).ok()); //~ cpu_heavy_call
    let other = Argon2::default().hash_password(password.as_bytes(), &salt)?; //~ cpu_heavy_call
    let proof = acme::proof::solve(1); //~ cpu_heavy_call
}
