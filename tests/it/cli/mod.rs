//! The real binary without a screen, each test in a folder of its own: what scripts, cron and people at a shell rely on.
//! What the desk's screen does is not here.

mod callbacks;
mod clocks;
mod damage;
mod exchange;
mod handover;
mod import;
mod manners;
mod outputs;
mod rates;
mod report;
mod restore;
mod roster;
mod tickets;
mod words;
mod wrong_clock;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use township_desk::domain::base::time::{CHINA, Said, Time, said};

/// The day of [`NOW`].
const TODAY: &str = "2026-11-24";
/// The moment at which every start of the binary begins, unless a test names another: on a Tuesday, two hours into the day.
pub(crate) const NOW: &str = "2026-11-24T10:00";

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
            // A minute before: some of its tickets are due in the moment it is made.
            let made = ran(shell.at("2026-11-24T09:59").args([
                "--db",
                "made.db",
                "demo",
                "--residents",
                "200",
                "--tickets",
                "60",
            ]));
            assert_eq!(made.code, 0, "{}", made.err);
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

    /// The binary with nothing of the machine's own around it, its clock at `moment`: every start begins here.
    pub(crate) fn start(&self, moment: &str) -> std::process::Command {
        let day_alone = matches!(said(moment, Time(0), CHINA), Some(Said::Day(_)));
        assert!(!day_alone, "{moment}: a day alone keeps the machine's time of day, so it is no moment");
        let mut command = self.start_on_the_machines_clock();
        command.args(["--today", moment]);
        command
    }

    /// The same with no moment given: for what is said of a machine's clock alone.
    fn start_on_the_machines_clock(&self) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tdesk"));
        command
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .current_dir(self.folder.path());
        // Whoever runs the tests under another clock wants the binary under it too.
        let clock = |name: &str| name == "LD_PRELOAD" || name.starts_with("FAKETIME");
        command.envs(std::env::vars().filter(|(name, _)| clock(name)));
        command
    }

    /// The binary on the folder's data file by the machine's own clock.
    fn on_the_machines_clock(&self) -> Command {
        let mut command = Command::from_std(self.start_on_the_machines_clock());
        command.env("TDESK_DB", self.db());
        command
    }

    /// The binary at the moment of the tests, on no data file yet.
    pub(crate) fn bare(&self) -> Command {
        Command::from_std(self.start(NOW))
    }

    /// The binary on the folder's data file at another moment.
    pub(crate) fn at(&self, moment: &str) -> Command {
        let mut command = Command::from_std(self.start(moment));
        command.env("TDESK_DB", self.db());
        command
    }

    /// Runs the binary on the folder's data file, at the moment of the tests.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        ran(self.at(NOW).args(arguments))
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
        self.json_at(NOW, arguments)
    }

    /// The same at another moment.
    #[track_caller]
    pub(crate) fn json_at<A: AsRef<OsStr>>(&self, moment: &str, arguments: &[A]) -> Value {
        let ran = ran(self.at(moment).arg("--json").args(arguments));
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
