//! ZIP archives for taking data away: the same entries give the same bytes, whenever and wherever they are packed.
//!
//! Writes only. Knows no folders, no dates (all entries bear the format's first day) and no archive over 4 GB.

use flate2::read::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Read;

const FIRST_DAY: u16 = 0x21; // 1 January 1980
const DEFLATED: u16 = 8;
const NAMES_ARE_UTF8: u16 = 1 << 11;
const VERSION: u16 = 20;

/// Entries in the order given.
pub fn zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let packed = deflated(bytes);
        let mut head = Vec::new(); // the part that stands before the entry and in the directory
        for field in [VERSION, NAMES_ARE_UTF8, DEFLATED, 0, FIRST_DAY] {
            head.extend(field.to_le_bytes());
        }
        for field in [crc32(bytes), packed.len() as u32, bytes.len() as u32] {
            head.extend(field.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&head);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(head);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    for _ in 0..2 {
        out.extend((entries.len() as u16).to_le_bytes());
    }
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // Memory cannot fail to be written to, and reading it neither.
    let _ = DeflateEncoder::new(bytes, Compression::best()).read_to_end(&mut packed);
    packed
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_format() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn an_empty_archive_is_its_end() {
        assert_eq!(zip(&[]), [b"PK\x05\x06".as_slice(), &[0; 18]].concat());
    }
}
