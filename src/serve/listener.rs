//! The listener: accepts connections, cuts off slow ones, and ends in order.

use super::error::ServeError;
use super::routes::router;
use super::secret::Secret;
use super::sessions::Sessions;
use super::shared::Shared;
use super::site::Site;
use super::tls::Tls;
use crate::storage::error::StorageError;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;

/// Maximum number of connections. Each is an open file, and an interview is another.
const MAX_CONNECTIONS: u32 = 256;

/// The time in which the head of a request has to arrive. An unused connection is closed after it too.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);

/// The largest head of a request, in bytes.
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// The longest life of a connection, after which its browser opens another one. It ends clients that read nothing.
const CONNECTION_LIFE: Duration = Duration::from_secs(5 * 60);

/// The time that a request in flight has to end in when its connection or the server ends.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// The time that the handshake of TLS may take.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The pause after a connection could not be accepted, as when the process has too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Maximum number of threads that wait for the disk.
const MAX_DISK_THREADS: usize = 32;

/// The longest time between two checks for idle interviews and for what a clinic's desk has changed.
const MAX_CHECK_INTERVAL: Duration = Duration::from_secs(2);

/// Serves the pages until the process is asked to stop. Calls `started` with the address for browsers once it listens.
///
/// # Errors
/// Returns an error if the server cannot start, or the error of `started`.
pub fn serve<E>(site: Site, address: SocketAddr, started: impl FnOnce(&str) -> Result<(), E>) -> Result<(), E>
where
    E: From<ServeError> + From<StorageError>,
{
    if site.tls.is_none() && !address.ip().is_loopback() {
        return Err(ServeError::NotLoopback(address).into());
    }
    if site.name.is_none() && address.ip().is_unspecified() {
        return Err(ServeError::NoName(address).into());
    }
    let sessions = Sessions::load(&site)?;
    let secret = Secret::random().map_err(ServeError::Random)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(MAX_DISK_THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::Start)?;
    runtime.block_on(async {
        let stop = Stop::watch().map_err(ServeError::Start)?;
        let listener = TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
        started(&site.address(listener.local_addr().map_err(ServeError::Start)?))?;
        ready();
        let shared = Arc::new(Shared { site, secret, sessions });
        tokio::spawn(check_interviews(Arc::clone(&shared)));
        accept(listener, shared, stop).await;
        Ok(())
    })
    // Here the runtime waits for the threads that still write an answer or a summary.
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stop: Stop) {
    let tls = shared.site.tls.as_ref().map(Tls::acceptor);
    let router = router(shared);
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
    let (stopping, _) = watch::channel(false);
    loop {
        let next = async {
            let permit = Arc::clone(&permits).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, stream) = tokio::select! {
            next = next => next,
            () = stop.wait() => break,
        };
        let Ok((stream, _)) = stream else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let connection = connect(stream, tls.clone(), router.clone(), stopping.subscribe());
        tokio::spawn(async move {
            connection.await;
            drop(permit);
        });
    }
    drop(listener);
    stopping.send_replace(true);
    // Every connection has returned its permit when it has ended.
    let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, permits.acquire_many(MAX_CONNECTIONS)).await;
}

/// Serves one connection, under TLS if there is an acceptor.
async fn connect(stream: TcpStream, tls: Option<TlsAcceptor>, router: Router, mut stopping: watch::Receiver<bool>) {
    // Small replies are sent at once.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else { return serve_requests(stream, router, stopping).await };
    let handshake = tokio::time::timeout(HANDSHAKE_TIMEOUT, tls.accept(stream));
    let stream = tokio::select! {
        stream = handshake => stream,
        _ = stopping.wait_for(|is_stopping| *is_stopping) => return,
    };
    // A client that does not finish the handshake, or does not speak TLS, concerns no other.
    if let Ok(Ok(stream)) = stream {
        serve_requests(stream, router, stopping).await;
    }
}

/// Answers the requests of a connection until its client ends it, its time is over or the server stops. A request in
/// flight is answered.
async fn serve_requests(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_header_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // An error of a connection concerns its client alone.
        _ = connection.as_mut() => return,
        () = tokio::time::sleep(CONNECTION_LIFE) => {}
        _ = stopping.wait_for(|is_stopping| *is_stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, connection).await;
}

/// Tells systemd, if it started this process, that the pages can be opened.
fn ready() {
    #[cfg(unix)]
    // Without an answer, systemd ends the process after a while.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
}

/// Locks the interviews whose patients have left, so that their answers are no longer in memory, and synchronizes with a
/// clinic's store.
async fn check_interviews(shared: Arc<Shared>) {
    let interval = MAX_CHECK_INTERVAL.min(shared.site.idle);
    loop {
        tokio::time::sleep(interval).await;
        let shared = Arc::clone(&shared);
        let check = move || {
            shared.sessions.close_idle(&shared.site);
            shared.sessions.synchronize(&shared.site);
        };
        let _ = tokio::task::spawn_blocking(check).await;
    }
}

/// The signals that ask the server to stop.
struct Stop {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 3],
}

impl Stop {
    #[cfg(unix)]
    fn watch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signal = |kind: fn() -> SignalKind| signal(kind());
        Ok(Self {
            signals: [signal(SignalKind::interrupt)?, signal(SignalKind::terminate)?, signal(SignalKind::hangup)?],
        })
    }

    #[cfg(unix)]
    async fn wait(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, reason = "other systems can fail here")]
    fn watch() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn wait(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
