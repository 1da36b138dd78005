#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use axum::{Router as Web, extract::Request, routing::any};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const HOME: Point = Point {
    lat: 36.238,
    lon: 137.972,
};
const NEAR: Point = Point {
    lat: 36.26,
    lon: 137.94,
};
const FAR: Point = Point {
    lat: 36.649,
    lon: 138.193,
};

/// An engine on loopback that answers everything with these words, and how often it was asked.
async fn engine(
    answer: &'static str,
    wait: Duration,
) -> (String, Arc<AtomicUsize>, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::new(Mutex::new(vec![]));
    let (count, log) = (asked.clone(), seen.clone());
    let web = Web::new().fallback(any(move |request: Request| async move {
        count.fetch_add(1, Ordering::SeqCst);
        let line = format!("{} {}", request.method(), request.uri());
        let body = axum::body::to_bytes(request.into_body(), 1 << 20)
            .await
            .unwrap();
        log.lock()
            .unwrap()
            .push(format!("{line} {}", String::from_utf8_lossy(&body)));
        tokio::time::sleep(wait).await;
        answer
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, web).await.unwrap() });
    (url, asked, seen)
}

fn router(engine: RoutingEngine, url: &str) -> Router {
    drop(rustls::crypto::ring::default_provider().install_default());
    Router::new(Routing {
        engine,
        url: url.to_owned(),
        profile: None,
        timeout_ms: 300,
        total_ms: 600,
    })
    .unwrap()
}

const OSRM: &str = r#"{"code":"Ok","durations":[[600.0,null,5400.6]],"sources":[{"distance":4.1}],"destinations":[{"distance":1},{"distance":1},{"distance":12}]}"#;

#[tokio::test]
async fn osrm_is_asked_once_for_all_and_its_answer_kept() {
    let (url, asked, seen) = engine(OSRM, Duration::ZERO).await;
    let r = router(RoutingEngine::Osrm, &url);
    let elsewhere = Point {
        lat: 34.0,
        lon: 131.0,
    };
    let got = r.minutes(HOME, &[NEAR, elsewhere, FAR]).await;
    assert_eq!(got, [Some(10.0), None, Some(5400.6 / 60.0)]);
    assert_eq!(
        seen.lock().unwrap()[0].trim(),
        "GET /table/v1/driving/137.97200,36.23800;137.94000,36.26000;131.00000,34.00000;138.19300,36.64900?sources=0&destinations=1;2;3&annotations=duration"
    );
    assert_eq!(
        r.minutes(HOME, &[FAR, NEAR]).await,
        [Some(5400.6 / 60.0), Some(10.0)]
    );
    assert_eq!(
        r.minutes(HOME, &[elsewhere]).await,
        [None],
        "no way is an answer too"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn valhalla_speaks_its_own_words() {
    let answer = r#"{"sources_to_targets":[[{"to_index":1,"time":3600,"distance":60},{"to_index":0,"time":900,"distance":5}]],"units":"kilometers"}"#;
    let (url, _, seen) = engine(answer, Duration::ZERO).await;
    let r = router(RoutingEngine::Valhalla, &url);
    assert_eq!(
        r.minutes(HOME, &[NEAR, FAR]).await,
        [Some(15.0), Some(60.0)]
    );
    let said = seen.lock().unwrap()[0].clone();
    assert!(
        said.starts_with("POST /sources_to_targets {") && said.contains(r#""costing":"auto""#),
        "{said}"
    );
}

#[tokio::test]
async fn what_is_slow_broken_or_impossible_leaves_the_estimate() {
    for (answer, wait) in [
        (OSRM, Duration::from_secs(5)),
        ("not json", Duration::ZERO),
        (r#"{"code":"InvalidQuery"}"#, Duration::ZERO),
        (r#"{"code":"Ok","durations":[[1.0]]}"#, Duration::ZERO),
        (r#"{"code":"Ok","durations":[]}"#, Duration::ZERO),
    ] {
        let (url, asked, _) = engine(answer, wait).await;
        let r = router(RoutingEngine::Osrm, &url);
        let start = Instant::now();
        assert_eq!(
            r.minutes(HOME, &[NEAR, FAR]).await,
            [None, None],
            "{answer}"
        );
        assert!(start.elapsed() < Duration::from_secs(2));
        // It is left alone for a while.
        assert_eq!(r.minutes(HOME, &[NEAR]).await, [None]);
        assert_eq!(asked.load(Ordering::SeqCst), 1, "{answer}");
    }
    // Ten seconds for 50 km, a point moved 20 km to a road: not kept for true.
    for answer in [
        r#"{"code":"Ok","durations":[[10.0]]}"#,
        r#"{"code":"Ok","durations":[[-5.0]]}"#,
        r#"{"code":"Ok","durations":[[4000.0]],"destinations":[{"distance":20000}]}"#,
        r#"{"code":"Ok","durations":[[4000.0]],"sources":[{"distance":20000}]}"#,
    ] {
        let (url, ..) = engine(answer, Duration::ZERO).await;
        assert_eq!(
            router(RoutingEngine::Osrm, &url)
                .minutes(HOME, &[FAR])
                .await,
            [None],
            "{answer}"
        );
    }
    let gone = router(RoutingEngine::Osrm, "http://127.0.0.1:9");
    assert_eq!(gone.minutes(HOME, &[FAR]).await, [None]);
}
