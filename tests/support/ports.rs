//! Ports on which servers can listen.

use std::{
    collections::HashSet,
    net::TcpListener,
    sync::{Mutex, OnceLock},
};

/// A free loopback port, below the range that the system gives to outgoing connections, and never given twice by this process.
pub fn free() -> u16 {
    static GIVEN: OnceLock<Mutex<HashSet<u16>>> = OnceLock::new();
    let mut given = GIVEN.get_or_init(Mutex::default).lock().unwrap();
    let seed = u32::from_ne_bytes(madoguchi::clock::random_bytes().unwrap());
    for step in 0..12_000u32 {
        let port = u16::try_from(20_000 + (seed % 12_000 + step) % 12_000).unwrap();
        if !given.contains(&port) && TcpListener::bind(("127.0.0.1", port)).is_ok() {
            given.insert(port);
            return port;
        }
    }
    panic!("no free port on loopback");
}
