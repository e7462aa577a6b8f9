//! Old office files: takes the one stream of an xls out of its container, and packs it again alone.
//! What the stream says is checked by `records`.
//!
//! The container is left to the crate `cfb`. It was read and written by hand before, in 195 lines; the other ways weighed:
//!
//! - `cfb`: 75 lines here. As fast when optimised: of a file of 20 MB the stream is out in 15 ms (12 by hand) and packed
//!   again in 20 (20). Of 100,000 damaged files neither way panicked on one, and what both could read was the same; each
//!   refused some that the other read. It follows the tree of names, so that a workbook inside another document is no longer
//!   taken for one, and it refuses chains in a circle and lengths beyond the file. A 20 MB file that names one sector
//!   again and again took 4 s and 2.5 GB by hand, 2 s and as much in `cfb` alone; [`Metered`] ends it within 0.1 s.
//! - A child process with limits would make `records` needless too, 216 lines more. But a limit on memory is kept on Linux
//!   alone, a child that runs into it says nothing that could become a sentence, its sheets would come back through a pipe
//!   that needs reading and limits again, and every caller and test would need the program's own binary.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use cfb::{CompoundFile, Version};

use super::records;
use crate::exchange::Error;

/// How many times its length is read of a file at most. An honest one is read once.
const READ_AT_MOST: usize = 2;
/// Bytes more than that for small files, of which the same few sectors are read for everything.
const READ_MORE: usize = 64 << 10;

/// An old workbook with its stream made harmless and nothing else in it, so that its reader meets no other chain, no
/// other stream and no size that was not checked.
pub(super) fn harmless(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut file = CompoundFile::open(Metered::new(bytes)).map_err(damaged)?;
    if file.is_stream("EncryptedPackage") {
        return Err(Error::Password);
    }
    let name = ["Workbook", "Book"].into_iter().find(|name| file.is_stream(name)).ok_or(Error::NotASheet)?;
    let mut stream = Vec::new();
    file.open_stream(name).and_then(|mut found| found.read_to_end(&mut stream)).map_err(damaged)?;
    records::harmless(&mut stream)?;
    packed(name, &stream).map_err(damaged)
}

fn damaged(_: io::Error) -> Error {
    Error::Damaged
}

/// A file of one stream.
pub(super) fn packed(name: &str, stream: &[u8]) -> io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// A file in memory that gives out only so many bytes, however often it is asked for the same ones: a container may name
/// one sector for each of its own.
struct Metered<'a> {
    file: Cursor<&'a [u8]>,
    left: usize,
}

impl<'a> Metered<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { file: Cursor::new(bytes), left: bytes.len() * READ_AT_MOST + READ_MORE }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self.left.checked_sub(read).ok_or(io::ErrorKind::QuotaExceeded)?;
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTOR: usize = 512;

    /// A container whose list of chains goes on in 600 sectors and names one sector in all of them.
    fn one_sector_for_all() -> Vec<u8> {
        const LISTS: std::ops::Range<usize> = 50..650;
        let mut bytes = packed("Workbook", &[0; 700 * SECTOR]).expect("a file of one stream");
        let mut put = |at: usize, number: usize| bytes[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        put(68, LISTS.start);
        put(72, LISTS.len());
        (76..SECTOR).step_by(4).for_each(|entry| put(entry, 1));
        for list in LISTS {
            let at = (list + 1) * SECTOR;
            (0..SECTOR - 4).step_by(4).for_each(|entry| put(at + entry, 1));
            put(at + SECTOR - 4, if list + 1 == LISTS.end { 0xffff_fffe } else { list + 1 });
        }
        bytes
    }

    #[test]
    fn a_container_is_not_read_again_and_again() {
        let bytes = one_sector_for_all();
        let mut unmetered = Metered { left: usize::MAX, ..Metered::new(&bytes) };
        assert!(CompoundFile::open(&mut unmetered).is_err());
        assert!(usize::MAX - unmetered.left > 100 * bytes.len(), "or it is no test of the meter");
        let why = CompoundFile::open(Metered::new(&bytes)).err().map(|error| error.kind());
        assert_eq!(why, Some(io::ErrorKind::QuotaExceeded));
        assert!(matches!(harmless(&bytes), Err(Error::Damaged)));
    }

    #[test]
    fn a_workbook_is_the_file_itself_not_a_part_of_another_document() {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        file.create_storage("/Objects").expect("a folder in it");
        file.create_stream("/Objects/Workbook").expect("a stream").write_all(&[0; 9]).expect("its content");
        file.flush().expect("written");
        assert!(matches!(harmless(&file.into_inner().into_inner()), Err(Error::NotASheet)));
        for name in ["WORKBOOK", "book"] {
            assert!(harmless(&packed(name, &[0; 9_000]).expect("a file of one stream")).is_ok(), "{name}");
        }
    }
}
