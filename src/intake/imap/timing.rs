use std::time::Duration;

/// Time limits and rhythms of a connection.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Name lookup, TCP, TLS and greeting together.
    pub connect: Duration,
    /// The silence after which a server that owes an answer is given up.
    pub answer: Duration,
    /// The program that prints an access token.
    pub token: Duration,
    /// IDLE is renewed after this. RFC 2177 asks for less than 29 minutes; a shorter time also finds a connection that
    /// died without a word, which home routers and firewalls cause after some minutes of silence.
    pub idle: Duration,
    /// After traffic the server is asked at this interval, since its IDLE may tell late (Dovecot: up to half a second).
    pub quick: Duration,
    /// For so long after traffic.
    pub quick_for: Duration,
    /// Where there is no IDLE.
    pub poll: Duration,
    /// The server's UIDs are compared with the stored ones.
    pub reconcile: Duration,
    /// Waits between connections, doubled up to the second.
    pub backoff: (Duration, Duration),
    /// The same after a refused login.
    pub login_backoff: (Duration, Duration),
    /// An outage of this length is told to staff.
    pub outage: Duration,
    /// What the farewell may take.
    pub goodbye: Duration,
}

impl Timing {
    /// As a desk needs it; `poll_seconds` from the configuration.
    pub fn new(poll_seconds: u64) -> Self {
        Timing {
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(60),
            token: Duration::from_secs(30),
            idle: Duration::from_secs(5 * 60),
            quick: Duration::from_millis(10),
            quick_for: Duration::from_secs(2),
            poll: Duration::from_secs(poll_seconds.max(1)),
            reconcile: Duration::from_secs(60 * 60),
            backoff: (Duration::from_secs(1), Duration::from_secs(120)),
            login_backoff: (Duration::from_secs(30), Duration::from_secs(15 * 60)),
            outage: Duration::from_secs(10 * 60),
            goodbye: Duration::from_secs(1),
        }
    }
}
