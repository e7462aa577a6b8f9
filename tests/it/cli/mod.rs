//! The real binary without a screen, each test in a folder of its own: what scripts, cron and people at a shell rely on.
//! What the desk's screen does is not here.

mod callbacks;
mod clocks;
mod exchange;
mod handover;
mod manners;
mod outputs;
mod rates;
mod report;
mod roster;
mod tickets;
mod words;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The day every test takes for today.
pub(crate) const TODAY: &str = "2026-11-24";

/// A folder with the binary at hand: its data, settings and home all lie in it.
pub(crate) struct Shell {
    folder: TempDir,
}

/// What came of a command.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Shell {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// An empty township.
    fn with_township() -> Self {
        let shell = Self::new();
        shell.done(&["init", "--township", "黎侯镇", "--company", "黎侯镇物业"]);
        shell
    }

    /// The sample township, small.
    pub(crate) fn with_sample() -> Self {
        static SAMPLE: OnceLock<(Shell, Vec<u8>)> = OnceLock::new();
        let (_, bytes) = SAMPLE.get_or_init(|| {
            let shell = Self::new();
            shell.done(&["--db", "made.db", "demo", "--residents", "200", "--tickets", "60"]);
            let bytes = fs::read(shell.path("made.db")).expect("the sample");
            (shell, bytes)
        });
        let shell = Self::new();
        shell.write("desk.db", bytes);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(shell.path("desk.db"), fs::Permissions::from_mode(0o600)).expect("permissions");
        }
        shell
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data file that commands use when none is named.
    pub(crate) fn db(&self) -> PathBuf {
        self.path("desk.db")
    }

    pub(crate) fn settings(&self) -> PathBuf {
        self.path("config/township-desk/config.toml")
    }

    /// Writes a file; its text or bytes.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8(fs::read(self.path(name)).expect(name)).expect("UTF-8")
    }

    /// The binary with nothing of the machine's own around it.
    pub(crate) fn bare(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tdesk"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("LANG", "C.UTF-8")
            .current_dir(self.folder.path());
        command
    }

    /// Runs the binary on the folder's data file, on the day of the tests.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        ran(self.bare().env("TDESK_DB", self.db()).args(["--today", TODAY]).args(arguments))
    }

    /// Runs it; it must do what it was asked. Gives what it printed.
    #[track_caller]
    pub(crate) fn done<A: AsRef<OsStr>>(&self, arguments: &[A]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        ran.out
    }

    /// As [`Self::done`], with the one JSON document it printed.
    #[track_caller]
    pub(crate) fn json<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Value {
        let ran = ran(self.bare().env("TDESK_DB", self.db()).args(["--today", TODAY, "--json"]).args(arguments));
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("not one JSON document: {e}\n{}", ran.out))
    }

    /// Runs it; it must refuse with this code and one line on standard error. Gives that line.
    #[track_caller]
    pub(crate) fn refused<A: AsRef<OsStr>>(&self, code: i32, arguments: &[A]) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{}", ran.err);
        assert_eq!(ran.err.trim_end().lines().count(), 1, "{}", ran.err);
        ran.err
    }
}

/// Runs a command to its end.
#[track_caller]
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the binary runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
}

/// The names in a JSON object.
#[track_caller]
fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
