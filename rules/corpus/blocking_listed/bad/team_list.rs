use acme::crypto;

async fn handler() {
    crypto::derive(1); //~ blocking_listed
    acme::legacy::load("x"); //~ blocking_listed
    acme::legacy::deep::store("x"); //~ blocking_listed
}
