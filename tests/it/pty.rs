//! The real binary in a pseudo-terminal: it opens, is used, is resized, is ended in every way, and gives the terminal back.
//! A test waits for words on the screen, never for a time; the limit is there only so that a failure ends.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::cli::{NOW, Shell};

/// What has not come by then will not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A desk in a terminal of its own.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Terminal {
    /// Opens the desk on a folder's data file, in Chinese.
    pub(crate) fn open(shell: &Shell, arguments: &[&str], (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let start = shell.start(NOW);
        let mut command = CommandBuilder::new(start.get_program());
        command.args(start.get_args());
        command.env_clear();
        for (name, value) in start.get_envs() {
            command.env(name, value.expect("nothing is unset"));
        }
        command.env("TDESK_DB", shell.db());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        command.cwd(shell.path("."));
        command.args(arguments);
        let child = pair.slave.spawn_command(command).expect("the binary runs");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its input");
        let (send, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, master: pair.master, keys, bytes, screen: vt100::Parser::new(cells(rows), cells(columns), 0) }
    }

    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Waits until the words are on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) -> &mut Self {
        self.until(&format!("{words:?}"), |screen| screen.contents().contains(words))
    }

    /// Waits until the words have left the screen.
    #[track_caller]
    pub(crate) fn gone(&mut self, words: &str) -> &mut Self {
        self.until(&format!("the end of {words:?}"), |screen| !screen.contents().contains(words))
    }

    #[track_caller]
    fn until(&mut self, what: &str, mut is_so: impl FnMut(&vt100::Screen) -> bool) -> &mut Self {
        let limit = Instant::now() + PATIENCE;
        while !is_so(self.screen.screen()) {
            match self.bytes.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(ended) => panic!("{what} did not come ({ended}):\n{}", self.text()),
            }
        }
        self
    }

    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).expect("a key is taken");
        self.keys.flush().expect("a key is taken");
        self
    }

    fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).expect("a new size");
        self
    }

    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        let pid = self.child.process_id().and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?)).expect("a process");
        kill_process(pid, signal).expect("it runs");
        self
    }

    /// Waits until the program has ended and its side of the terminal is closed; gives the exit code.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> u32 {
        let limit = Instant::now() + PATIENCE;
        loop {
            match self.bytes.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end:\n{}", self.text()),
            }
        }
        self.child.wait().expect("it ends").exit_code()
    }

    /// The terminal is as it was: the shell's own screen, a visible cursor, no mouse, no bracketed paste.
    #[track_caller]
    fn is_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves no program behind; one that is gone already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("a screen has cells")
}

const fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

#[test]
fn a_new_pin_is_typed_twice_and_left_with_ctrl_c() {
    let shell = Shell::with_sample();
    let passwd = ["--as", "管理员", "operator", "passwd", "管理员"];
    let mut terminal = Terminal::open(&shell, &passwd, (100, 20));
    terminal.sees("新 PIN").keys("4321\r").sees("再输一遍").keys("4322\r").sees("两遍输得不一样");
    assert!(!terminal.text().contains("432"), "{}", terminal.text());
    assert_eq!(terminal.ended(), 1);
    let mut terminal = Terminal::open(&shell, &passwd, (100, 20));
    // It ends by itself, so the terminal was given back; a signal would have ended it without a word.
    terminal.sees("新 PIN").keys("43\u{3}").sees("没输完");
    assert_eq!(terminal.ended(), 1);
    let mut terminal = Terminal::open(&shell, &passwd, (100, 20));
    terminal.sees("新 PIN").keys("4321\r").sees("再输一遍").keys("4321\r").sees("已改");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_report_is_taken_by_keys_and_is_in_the_file() {
    let shell = Shell::with_sample();
    let mut desk = Terminal::open(&shell, &[], (120, 36));
    desk.sees("1 小区").sees("2 工单").sees("3 在岗").sees("康乐苑");
    assert!(desk.screen.screen().alternate_screen());
    desk.keys("n").sees("在哪里").keys("最里头那排").sees("最里头那排");
    desk.keys("\t").keys("井盖松了会响").sees("井盖松了会响");
    desk.keys("\u{13}").sees("已登记").keys("\u{1b}").gone("已登记");
    let found = shell.json(&["ticket", "list", "--words", "井盖松了会响"]);
    assert_eq!(found["tickets"].as_array().map(Vec::len), Some(1), "{found}");
    desk.keys("q").sees("再按一次 q").keys("q");
    assert_eq!(desk.ended(), 0);
    desk.is_given_back();
}

#[test]
fn an_input_methods_words_and_pastes_are_typed() {
    let shell = Shell::with_sample();
    let mut desk = Terminal::open(&shell, &[], (120, 36));
    desk.sees("2 工单").keys("\u{1b}[200~康乐苑\u{1b}[201~").sees("查找").sees("> 康乐苑");
    desk.keys("\u{1b}").gone("> 康乐苑").keys("\u{ff1f}").sees("帮助: 打字筛选");
}

#[test]
fn the_screen_follows_its_size() {
    let shell = Shell::with_sample();
    let mut desk = Terminal::open(&shell, &[], (120, 36));
    desk.sees("2 工单")
        .sees("响应")
        .resize(80, 24)
        .until("80 columns", |screen| screen.contents().contains("2 工单") && !screen.contents().contains("响应"));
    desk.resize(60, 20).sees("2 工单").resize(30, 8).sees("屏幕太小");
    // Only leaving works there: anywhere else `n` opens a report and `q` is typed into it.
    desk.keys("n/wq");
    assert_eq!(desk.ended(), 0);
    desk.is_given_back();
}

#[test]
fn a_terminal_that_goes_away_ends_the_desk_and_keeps_what_was_typed() {
    let shell = Shell::with_sample();
    for (signal, words) in [(Signal::HUP, "楼上一直漏"), (Signal::TERM, "车棚顶塌了")] {
        let mut desk = Terminal::open(&shell, &[], (120, 36));
        desk.sees("2 工单").keys("n").sees("在哪里");
        desk.keys("\t").keys(words).sees(words);
        desk.signal(signal);
        assert_eq!(desk.ended(), 0, "{signal:?}");
        desk.is_given_back();
        let mut again = Terminal::open(&shell, &[], (120, 36));
        again.sees("在哪里").sees(words).keys("\u{13}").sees("已登记");
        let found = shell.json(&["ticket", "list", "--words", words]);
        assert_eq!(found["tickets"].as_array().map(Vec::len), Some(1), "saved once: {found}");
    }
}

#[test]
fn a_killed_desk_comes_back_with_every_character_and_the_caret() {
    let shell = Shell::with_sample();
    let mut desk = Terminal::open(&shell, &[], (120, 36));
    desk.sees("2 工单").keys("n").sees("在哪里");
    desk.keys("\t")
        .keys("厨房水管爆了")
        .sees("厨房水管爆了")
        .keys("\u{1b}[D\u{1b}[D")
        .keys("又")
        .sees("厨房水管又爆了");
    desk.signal(Signal::KILL);
    assert_ne!(desk.ended(), 0);
    let mut again = Terminal::open(&shell, &[], (120, 36));
    again.sees("厨房水管又爆了").keys("全").sees("厨房水管又全爆了");
    again.keys("\u{13}").sees("已登记");
    let found = shell.json(&["ticket", "list", "--words", "厨房水管又全爆了"]);
    assert_eq!(found["tickets"].as_array().map(Vec::len), Some(1), "{found}");
    again.keys("\u{1b}").gone("已登记").keys("q").sees("再按一次 q").keys("q");
    assert_eq!(again.ended(), 0);
    let mut third = Terminal::open(&shell, &[], (120, 36));
    third.sees("3 在岗").until("no draft", |screen| !screen.contents().contains("在哪里"));
}

#[test]
fn what_another_desk_writes_appears() {
    let shell = Shell::with_sample();
    let mut one = Terminal::open(&shell, &[], (120, 36));
    one.sees("2 工单");
    let mut other = Terminal::open(&shell, &[], (120, 36));
    other.sees("2 工单").keys("n").sees("在哪里").keys("\t").keys("有人困在电梯里").sees("先对来电人说");
    other.keys("\u{13}").sees("已登记");
    one.sees("有人困在电梯里");
    // And what a command writes.
    shell.done(&["ticket", "new", "--words", "楼道里闻到很重的煤气味"]);
    one.sees("楼道里闻到很重");
    other.keys("\u{1b}").sees("楼道里闻到很重");
}

#[test]
fn the_first_run_asks_what_to_begin_with() {
    let shell = Shell::new();
    let mut desk = Terminal::open(&shell, &[], (100, 30));
    desk.sees("看看示例镇")
        .keys("2")
        .sees("镇的名字")
        .keys("黎侯镇\r")
        .sees("公司")
        .keys("黎侯镇物业\r")
        .sees("黎侯镇物业客服台");
    desk.keys("q").sees("再按一次 q").keys("q");
    assert_eq!(desk.ended(), 0);
    desk.is_given_back();
    assert_eq!(shell.json(&["check"])["sound"], true);
}
