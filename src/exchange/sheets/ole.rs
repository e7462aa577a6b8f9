//! Old office files: streams in chains of sectors. Takes the one stream of an xls out, and packs it again alone.
//! What the stream says is checked by `records`.

use super::records;
use crate::exchange::Error;

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xffff_fffa;
const END_OF_CHAIN: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
const CHAIN_SECTOR: u32 = 0xffff_fffd;
const LIST_SECTOR: u32 = 0xffff_fffc;
/// Streams shorter than this lie in the small sectors.
const SMALL_STREAM: usize = 4_096;
const SECTOR: usize = 512;

/// An old workbook with its stream made harmless and nothing else in it, so that its reader meets no other chain, no
/// other stream and no size that was not checked.
pub(super) fn harmless(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let file = Compound::open(bytes).ok_or(Error::Damaged)?;
    if file.entry("EncryptedPackage").is_some() {
        return Err(Error::Password);
    }
    let names = ["Workbook", "Book"];
    let found = names.iter().find_map(|name| file.entry(name).map(|entry| (name, entry)));
    let (name, (start, length)) = found.ok_or(Error::NotASheet)?;
    let mut stream = file.stream(start, length).ok_or(Error::Damaged)?;
    records::harmless(&mut stream)?;
    Ok(packed(name, stream))
}

/// A file of one stream.
pub(super) fn packed(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(SMALL_STREAM).next_multiple_of(SECTOR), 0);
    let sectors = (stream.len() / SECTOR) as u32;
    // In this order: the sectors that hold the chains, those that list them beyond the head's 109, the directory, the stream.
    let per_sector = (SECTOR / 4) as u32;
    let (mut chains, mut lists) = (0, 0);
    loop {
        let needed = (chains + lists + 1 + sectors).div_ceil(per_sector);
        let listed = needed.saturating_sub(109).div_ceil(per_sector - 1);
        if (needed, listed) == (chains, lists) {
            break;
        }
        (chains, lists) = (needed, listed);
    }
    let directory = chains + lists;
    let first = directory + 1;
    let mut words: Vec<u32> = vec![CHAIN_SECTOR; chains as usize];
    words.resize(directory as usize, LIST_SECTOR);
    words.push(END_OF_CHAIN);
    words.extend((1..=sectors).map(|i| if i == sectors { END_OF_CHAIN } else { first + i }));
    words.resize((chains * per_sector) as usize, FREE);

    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    // Version, byte order, sizes of a sector and of a small one as powers of two.
    for number in [0x3e_u16, 3, 0xfffe, 9, 6] {
        file.extend(number.to_le_bytes());
    }
    file.resize(44, 0);
    let first_list = if lists == 0 { END_OF_CHAIN } else { chains };
    for number in [chains, directory, 0, SMALL_STREAM as u32, END_OF_CHAIN, 0, first_list, lists] {
        file.extend(number.to_le_bytes());
    }
    let mut listed = (0..chains).chain(std::iter::repeat(FREE));
    file.extend(listed.by_ref().take(109).flat_map(u32::to_le_bytes));
    file.extend(words.into_iter().flat_map(u32::to_le_bytes));
    for list in 0..lists {
        let next = if list + 1 == lists { END_OF_CHAIN } else { chains + list + 1 };
        file.extend(listed.by_ref().take(SECTOR / 4 - 1).chain([next]).flat_map(u32::to_le_bytes));
    }
    file.extend(entry("Root Entry", 5, END_OF_CHAIN, 0));
    file.extend(entry(name, 2, first, stream.len() as u32));
    file.resize((first as usize + 1) * SECTOR, 0);
    file.extend(stream);
    file
}

/// A directory entry.
fn entry(name: &str, kind: u8, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_length = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(name_length.to_le_bytes());
    entry.extend([kind, 1]);
    // No siblings, no children that matter, no dates.
    entry.extend([0xff; 12]);
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// A file of streams in sectors, as old office programs write it.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    directory: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new(), directory: Vec::new() };
        // The list of the sectors that hold the chains: 109 in the head of the file, the rest in sectors of their own.
        let mut lists: Vec<u32> = (0..109).map_while(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut more = u32_at(bytes, 68)?;
        for _ in 0..bytes.len() / sector {
            if more >= MARKS {
                break;
            }
            let mut numbers: Vec<u32> = numbers(file.sector_at(more)?).collect();
            more = numbers.pop()?;
            lists.extend(numbers);
        }
        for list in lists.into_iter().filter(|&id| id < MARKS) {
            let chain: Vec<u32> = numbers(file.sector_at(list)?).collect();
            file.next.extend(chain);
        }
        file.directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        Some(file)
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, mut id: u32, length: usize) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        while id < MARKS && all.len() < length {
            // A chain longer than the file runs in a circle.
            if all.len() > self.bytes.len() {
                return None;
            }
            all.extend_from_slice(self.sector_at(id)?);
            id = *self.next.get(id as usize)?;
        }
        all.truncate(length);
        Some(all)
    }

    /// First sector and length of the stream of this name.
    fn entry(&self, name: &str) -> Option<(u32, usize)> {
        let wanted: Vec<u16> = name.encode_utf16().collect();
        self.directory.chunks_exact(128).find_map(|entry| {
            let units = entry[..64].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
            let found: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
            let same = found.len() == wanted.len()
                && found.iter().zip(&wanted).all(|(a, b)| {
                    let letter = |unit: u16| char::from_u32(u32::from(unit)).map(|c| c.to_ascii_lowercase());
                    letter(*a) == letter(*b)
                });
            if same { Some((u32_at(entry, 116)?, u32_at(entry, 120)? as usize)) } else { None }
        })
    }

    fn stream(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        if length >= SMALL_STREAM {
            return self.chain(start, length);
        }
        // Small streams share the root's stream, in sectors of 64 bytes with chains of their own.
        let (root, root_length) = (u32_at(&self.directory, 116)?, u32_at(&self.directory, 120)? as usize);
        let shared = self.chain(root, root_length)?;
        let next: Vec<u32> = numbers(&self.chain(u32_at(self.bytes, 60)?, usize::MAX)?).collect();
        let (mut id, mut all) = (start, Vec::new());
        while id < MARKS && all.len() < length {
            let at = (id as usize).checked_mul(64)?;
            all.extend_from_slice(shared.get(at..(at + 64).min(shared.len()))?);
            id = *next.get(id as usize)?;
        }
        all.truncate(length);
        Some(all)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
