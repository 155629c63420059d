//! Whatever we start ends with us: a set of the process groups to stop, and the Ctrl-C that stops them.
//!
//! A long-running child gets a group of its own, because `wrangler` starts `workerd` and only the group holds both.

use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// How long a group may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// The exit code by which shells know an interrupted program.
const INTERRUPTED: i32 = 130;

/// Arguments for `sh`, to be followed by a command: the group ends when that command does, and when our end of its
/// standard input closes, which happens however we end, by force too.
pub(crate) const LEASH: [&str; 3] = ["-c", r#"("$@"; kill -TERM 0) & cat >/dev/null; kill -TERM 0"#, "sh"];

static RUNNING: Mutex<Vec<Target>> = Mutex::new(Vec::new());

static STOPPING: AtomicBool = AtomicBool::new(false);

/// What a signal goes to: a single process, or a group by its leader's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Process(u32),
    Group(u32),
}

/// Keeps a child among those stopped on Ctrl-C; forgets it when dropped.
#[derive(Debug)]
pub(crate) struct Watched(Target);

impl Drop for Watched {
    fn drop(&mut self) {
        if let Ok(mut running) = RUNNING.lock() {
            running.retain(|target| *target != self.0);
        }
    }
}

/// On Ctrl-C, termination or a closed terminal: stop every child, then end.
///
/// # Errors
///
/// When the handler can't be set.
pub(crate) fn stop_all_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        stop_all();
        std::process::exit(INTERRUPTED);
    })
    .context("listening for Ctrl-C")
}

/// Once interrupted, waits for the handler above to end the process: a child that we stopped is not a failure to report.
pub(crate) fn leave_if_interrupted() {
    while STOPPING.load(Ordering::SeqCst) {
        thread::park();
    }
}

/// Makes the child that this command will start the leader of its own group.
pub(crate) fn own_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Stops this child on Ctrl-C.
pub(crate) fn watch(child: &Child) -> Watched {
    remember(Target::Process(child.id()))
}

/// Stops this child and all that it started on Ctrl-C; it must have been started in its own group.
pub(crate) fn watch_group(child: &Child) -> Watched {
    remember(Target::Group(child.id()))
}

/// Ends a group: politely, then by force.
pub(crate) fn stop_group(child: &mut Child) {
    let target = Target::Group(child.id());
    signal("TERM", target);
    let started = Instant::now();
    while started.elapsed() < PATIENCE && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(Duration::from_millis(50));
    }
    signal("KILL", target);
    // Reaped; that it may be gone already is fine.
    let _ = child.wait();
}

fn remember(target: Target) -> Watched {
    if let Ok(mut running) = RUNNING.lock() {
        running.push(target);
    }
    Watched(target)
}

fn stop_all() {
    let running = RUNNING.lock().map(|running| running.clone()).unwrap_or_default();
    for target in &running {
        signal("TERM", *target);
    }
    let started = Instant::now();
    while started.elapsed() < PATIENCE && running.iter().any(|target| signal("0", *target)) {
        thread::sleep(Duration::from_millis(50));
    }
    for target in running {
        signal("KILL", target);
    }
}

/// True when the signal reached somebody. By the `kill` program, since the system call would need `unsafe`.
fn signal(name: &str, target: Target) -> bool {
    let receiver = match target {
        Target::Process(id) => id.to_string(),
        Target::Group(id) => format!("-{id}"),
    };
    let mut kill = Command::new("kill");
    kill.args([&format!("-{name}"), "--", &receiver]).stdout(Stdio::null()).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}
