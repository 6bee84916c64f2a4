use std::net::ToSocketAddrs as _;

async fn resolve(host: &str) {
    let addrs = host.to_socket_addrs()?; //~ blocking_net
}
