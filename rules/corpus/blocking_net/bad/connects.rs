use std::net::{TcpStream, ToSocketAddrs};

async fn dial(host: &str) {
    let stream = TcpStream::connect(host)?; //~ blocking_net
    let other = std::net::TcpStream::connect_timeout(&addr, D)?; //~ blocking_net
    let addrs = (host, 80).to_socket_addrs()?; //~ blocking_net
}
