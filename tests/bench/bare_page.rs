//! The floor of the serve benchmark: a page of axum, and a form that appends a line to a file and syncs it.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

struct Shared {
    page: String,
    folder: PathBuf,
    /// The file of each connection.
    files: Mutex<HashMap<String, Arc<Mutex<File>>>>,
}

/// Returns a page with about this many bytes.
pub(crate) fn page(bytes: usize) -> String {
    let line = "<p>A sentence of a page that a patient reads.</p>\n";
    format!("<!DOCTYPE html>\n<title>A page</title>\n{}", line.repeat(bytes / line.len()))
}

/// Serves the page until the process is killed. Prints the address.
pub(crate) fn serve(folder: &Path, page: &Path) {
    let page = std::fs::read_to_string(page).expect("a page");
    let shared = Arc::new(Shared { page, folder: folder.to_owned(), files: Mutex::default() });
    let show = |State(shared): State<Arc<Shared>>| async move { Html(shared.page.clone()) };
    let router = Router::new().route("/page", get(show).post(take)).with_state(shared);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("threads").block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("http://{}/", listener.local_addr().expect("an address"));
        axum::serve(listener, router).await.expect("the server runs");
    });
}

async fn take(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: String) -> impl IntoResponse {
    let saved = tokio::task::spawn_blocking(move || {
        let name = headers.get(header::COOKIE).and_then(|name| name.to_str().ok()).unwrap_or_default().to_owned();
        let create = || File::create(shared.folder.join(&name)).expect("a file");
        let mut files = shared.files.lock().expect("the files");
        let file = Arc::clone(files.entry(name.clone()).or_insert_with(|| Arc::new(Mutex::new(create()))));
        drop(files);
        let mut file = file.lock().expect("the file");
        writeln!(file, "{body}").and_then(|()| file.sync_data()).expect("a line on disk");
    });
    saved.await.expect("the line is written");
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/page")])
}
