//! `keep` against a deployment that is a few lines of HTTP on this machine.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use super::*;
use crate::builds::publish;
use crate::worker::free_port;

const NEW: &str = "00000000000000aa";
const OLD: &str = "00000000000000bb";
const CURRENT: &str = "00000000000000cc";

type Files = BTreeMap<String, Vec<u8>>;

/// Serves files, and remembers what it was asked for.
struct Shop {
    address: String,
    files: Arc<Mutex<Files>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Shop {
    fn open(files: Files) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shop = Self { address, files: Arc::new(Mutex::new(files)), asked: Arc::default() };
        let (files, asked) = (Arc::clone(&shop.files), Arc::clone(&shop.asked));
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(&stream.unwrap(), &files.lock().unwrap(), &asked);
            }
        });
        shop
    }

    /// One that serves these builds as a deployment does.
    fn of(names: &[&str]) -> Self {
        static SHOPS: AtomicUsize = AtomicUsize::new(0);
        let dist = folder(&format!("deployed-{}", SHOPS.fetch_add(1, Ordering::Relaxed)));
        let mut files = Files::new();
        for name in names.iter().rev() {
            built(&dist, name);
            publish(&dist).unwrap();
            let served = Builds::served(&dist.join("www")).unwrap();
            served.keep(&dist).unwrap();
        }
        for path in files::below(&dist.join("www")).unwrap() {
            let name = path.strip_prefix(dist.join("www")).unwrap().to_string_lossy().into_owned();
            files.insert(name, files::read(&path).unwrap());
        }
        files::remove(&dist).unwrap();
        Self::open(files)
    }

    fn change(&self, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.files.lock().unwrap().get_mut(path).unwrap());
    }

    /// What it lists, with something in the text replaced.
    fn list_instead(&self, from: &str, to: &str) {
        self.change(LIST, |list| *list = String::from_utf8_lossy(list).replace(from, to).into_bytes());
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn answer(stream: &TcpStream, files: &Files, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    lines.find(String::is_empty);
    let (status, body) = files.get(&path).map_or(("404 Not Found", &b""[..]), |body| ("200 OK", body));
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    asked.lock().unwrap().push(path);
    let mut stream = stream;
    // Who is told of too much hangs up.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

/// A folder of its own for each test; gone first.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("farthing-keep-{test}-{}", std::process::id()));
    files::remove(&folder).unwrap();
    folder
}

/// A build that is the current one from now on.
fn built(dist: &Path, name: &str) {
    let folder = dist.join("www").join(name);
    files::write(&folder.join("embed.js"), name).unwrap();
    files::write(&folder.join("widget_bg.wasm"), b"\0asm".repeat(100_000)).unwrap();
    files::write(&dist.join("www/v1/embed.js"), name).unwrap();
}

fn keep_from(address: &str, dist: &Path, newest: Option<usize>) -> Result<String> {
    let options = Options { address: address.to_owned(), newest };
    match keep(&Project::find()?, dist, &options)? {
        Outcome::Done(words) => Ok(words),
        Outcome::UpToDate => bail!("it says nothing"),
    }
}

fn names(list: &Builds) -> Vec<&str> {
    list.builds.iter().map(|build| build.name.as_str()).collect()
}

/// What went wrong, after which everything must be as before.
fn failure(shop: &Shop, dist: &Path) -> String {
    let before = files::below(dist).unwrap();
    let error = keep_from(&shop.address, dist, None).unwrap_err();
    assert_eq!(files::below(dist).unwrap(), before);
    assert!(!dist.join(".incoming").exists());
    format!("{error:#}")
}

#[test]
fn earlier_builds_are_served_beside_the_next_one() {
    let (shop, dist) = (Shop::of(&[NEW, OLD]), folder("good"));
    assert_eq!(keep_from(&shop.address, &dist, None).unwrap(), "2 kept, 2 of them new here");
    assert_eq!(files::read_text(&dist.join("www").join(OLD).join("embed.js")).unwrap(), OLD);
    built(&dist, CURRENT);
    publish(&dist).unwrap();
    let served = Builds::served(&dist.join("www")).unwrap();
    assert_eq!(names(&served), [CURRENT, NEW, OLD]);
    // Twice is fine, and asks for nothing but the list.
    shop.asked();
    assert_eq!(keep_from(&format!("{}/", shop.address), &dist, None).unwrap(), "2 kept, 0 of them new here");
    assert_eq!(shop.asked(), [LIST]);
    // A build that is kept here and not there stays.
    let other = Shop::of(&[CURRENT]);
    assert_eq!(keep_from(&other.address, &dist, None).unwrap(), "3 kept, 0 of them new here");
    assert_eq!(names(&Builds::kept(&dist).unwrap()), [CURRENT, NEW, OLD]);
    files::remove(&dist).unwrap();
}

#[test]
fn what_is_damaged_here_is_had_again() {
    let (shop, dist) = (Shop::of(&[NEW]), folder("damaged"));
    keep_from(&shop.address, &dist, None).unwrap();
    files::write(&dist.join("www").join(NEW).join("embed.js"), "torn").unwrap();
    assert_eq!(keep_from(&shop.address, &dist, None).unwrap(), "1 kept, 1 of them new here");
    assert_eq!(files::read_text(&dist.join("www").join(NEW).join("embed.js")).unwrap(), NEW);
    files::remove(&dist).unwrap();
}

#[test]
fn an_altered_file_is_named_and_nothing_is_taken_over() {
    let (shop, dist) = (Shop::of(&[NEW, OLD]), folder("altered"));
    shop.change(&format!("{OLD}/widget_bg.wasm"), |wasm| wasm[7] ^= 1);
    let told = failure(&shop, &dist);
    assert!(told.contains("`00000000000000bb/widget_bg.wasm` is not the file"), "{told}");
    files::remove(&dist).unwrap();
}

#[test]
fn a_missing_file_is_named_and_nothing_is_taken_over() {
    let (shop, dist) = (Shop::of(&[NEW, OLD]), folder("missing"));
    shop.files.lock().unwrap().remove(&format!("{OLD}/embed.js"));
    let told = failure(&shop, &dist);
    assert!(told.contains("does not serve: 404 00000000000000bb/embed.js"), "{told}");
    files::remove(&dist).unwrap();
}

#[test]
fn odd_names_are_refused_before_they_are_asked_for() {
    let dist = folder("names");
    for (from, to) in
        [(NEW, "../../../../../x"), (NEW, "v1"), ("embed.js", "../../embed.js"), ("embed.js", ".env")]
    {
        let shop = Shop::of(&[NEW]);
        shop.list_instead(from, to);
        let told = failure(&shop, &dist);
        assert!(told.contains("is no name of a"), "{told}");
        assert_eq!(shop.asked(), [LIST]);
    }
}

#[test]
fn a_file_larger_than_any_is_refused() {
    let (shop, dist) = (Shop::of(&[NEW]), folder("large"));
    shop.change(&format!("{NEW}/embed.js"), |script| script.resize(4_000_001, b' '));
    let told = failure(&shop, &dist);
    assert!(told.contains("embed.js can't be had: it has more than 4000000 bytes"), "{told}");
}

#[test]
fn a_deployment_without_a_list_has_nothing_to_keep() {
    let (shop, dist) = (Shop::open(Files::new()), folder("first"));
    let told = keep_from(&shop.address, &dist, None).unwrap();
    assert!(told.contains("first deployment"), "{told}");
    assert!(!dist.exists());
}

#[test]
fn what_is_no_list_or_not_there_is_a_failure() {
    let dist = folder("unreachable");
    let shop = Shop::open(Files::from([(LIST.to_owned(), b"<!doctype html>".to_vec())]));
    assert!(failure(&shop, &dist).contains("this is no list of builds"));
    let address = format!("http://127.0.0.1:{}", free_port().unwrap());
    let told = format!("{:#}", keep_from(&address, &dist, None).unwrap_err());
    assert!(told.contains("can't be had: ECONNREFUSED"), "{told}");
    for address in [
        "farthing.example",
        "http://farthing.example",
        "https://",
        "https://a/b",
        "https://a@b",
        "https://a?b",
    ] {
        assert!(keep_from(address, &dist, None).is_err(), "{address}");
    }
}

#[test]
fn the_oldest_go_where_that_is_said_and_never_silently() {
    let (shop, dist) = (Shop::of(&[NEW, OLD]), folder("newest"));
    keep_from(&shop.address, &dist, None).unwrap();
    assert_eq!(keep_from(&shop.address, &dist, Some(1)).unwrap(), "1 kept, 0 of them new here");
    built(&dist, CURRENT);
    publish(&dist).unwrap();
    assert!(!dist.join("www").join(OLD).exists());
    let build = |at| serde_json::json!({ "name": format!("{at:016x}"), "files": {} });
    let many: Vec<_> = (0..=MOST).map(build).collect();
    shop.change(LIST, |list| *list = serde_json::json!({ "builds": many }).to_string().into_bytes());
    let told = failure(&shop, &dist);
    assert!(told.contains("more than the 90 that can be kept"), "{told}");
    files::remove(&dist).unwrap();
}
