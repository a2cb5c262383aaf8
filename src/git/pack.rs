//! A pack of objects and its index (gitformat-pack(5)), read in parts: a pack may be larger than memory.

use std::fs::File;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gix_hash::Kind;

use super::budget::Budget;
use super::object::{self, Object, Sort};
use super::recent::Recent;
use super::{Fault, Id, delta, inflate};
use crate::door;

/// The maximum length of a delta chain: the most that git writes.
const MAX_CHAIN: usize = 4096;

/// The maximum length in bytes of an object's header in a pack, including the name of its delta base.
const MAX_HEADER: usize = 64;

/// How many names of an index are read at once: reading this many costs about as much as reading one.
const AT_ONCE: u64 = 64;

/// The length of an index's header and of its fan-out table, in bytes.
const INDEX_START: u64 = 8;
const FANOUT: u64 = 256 * 4;

/// A pack and its index.
#[derive(Debug)]
pub(super) struct Pack {
    /// The folder that contains `objects`.
    folder: PathBuf,
    /// Its path from `folder`, without the extension.
    stem: String,
    hash: Kind,
    /// For each first byte of a name: how many objects have that byte or a lower one.
    fanout: Vec<u32>,
    /// The pack and the index, if they are kept open.
    open: Option<(Arc<File>, Arc<File>)>,
}

impl Pack {
    /// Opens the pack with the index `name` in `objects/pack` in `folder`. If `is_kept`, its files stay open.
    ///
    /// # Errors
    ///
    /// When the index is not version 2, or is shorter than it claims.
    pub(super) fn open(folder: &Path, name: &str, hash: Kind, is_kept: bool) -> Result<Pack> {
        let stem = format!("objects/pack/{}", name.trim_end_matches(".idx"));
        let (folder, fanout) = (folder.to_owned(), Vec::new());
        let mut pack = Pack { folder, stem, hash, fanout, open: None };
        let (index, objects) = (pack.file("idx")?, pack.file("pack")?);
        let mut start = vec![0; (INDEX_START + FANOUT) as usize];
        inflate::read_exact(&index, &mut start, 0)?;
        let invalid = |what: &str| std::io::Error::other(what.to_owned());
        if !start.starts_with(b"\xfftOc\0\0\0\x02") {
            return Err(invalid("not an index of version 2; `git repack -a -d` writes one"));
        }
        let counts = start[INDEX_START as usize..].chunks_exact(4);
        pack.fanout = counts.map(|count| u32::from_be_bytes([count[0], count[1], count[2], count[3]])).collect();
        if !pack.fanout.is_sorted() {
            return Err(invalid("a broken table of contents"));
        }
        if index.metadata()?.len() < pack.offsets_at() + 4 * pack.count() {
            return Err(invalid("shorter than stated"));
        }
        pack.open = is_kept.then_some((index, objects));
        Ok(pack)
    }

    fn file(&self, extension: &str) -> Result<Arc<File>> {
        let path = format!("{}.{extension}", self.stem);
        let open = door::open_in(&self.folder, Path::new(&path));
        open.map(Arc::new).map_err(|error| std::io::Error::other(format!("{}: {error}", path.escape_debug())))
    }

    fn index(&self) -> Result<Arc<File>> {
        self.open.as_ref().map_or_else(|| self.file("idx"), |(index, _)| Ok(index.clone()))
    }

    fn objects(&self) -> Result<Arc<File>> {
        self.open.as_ref().map_or_else(|| self.file("pack"), |(_, objects)| Ok(objects.clone()))
    }

    fn count(&self) -> u64 {
        self.fanout.last().copied().unwrap_or_default().into()
    }

    fn names_at(&self, place: u64) -> u64 {
        INDEX_START + FANOUT + place * self.hash.len_in_bytes() as u64
    }

    /// The position of the table of offsets in the index: after the names and a checksum for each.
    fn offsets_at(&self) -> u64 {
        self.names_at(self.count()) + 4 * self.count()
    }

    fn name(&self, index: &File, place: u64) -> Result<Id> {
        let mut name = self.hash.null();
        inflate::read_exact(index, name.as_mut_slice(), self.names_at(place))?;
        Ok(name)
    }

    /// Returns how many objects have names before `name`: the position of the first one that does not.
    fn lower_bound(&self, index: &File, name: &[u8]) -> Result<u64> {
        let first = usize::from(name[0]);
        let before = if first == 0 { 0 } else { self.fanout[first - 1] };
        let (mut low, mut high) = (u64::from(before), u64::from(self.fanout[first]));
        while high - low > AT_ONCE {
            let middle = low + (high - low) / 2;
            match self.name(index, middle)?.as_slice() < name {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let mut names = vec![0; (high - low) as usize * self.hash.len_in_bytes()];
        inflate::read_exact(index, &mut names, self.names_at(low))?;
        let before = names.chunks_exact(self.hash.len_in_bytes()).take_while(|own| *own < name).count();
        Ok(low + before as u64)
    }

    /// Returns the offset in the pack of the object `id`, if the pack has it.
    fn find(&self, index: &File, id: &Id) -> Result<Option<u64>> {
        let place = self.lower_bound(index, id.as_slice())?;
        if place >= self.count() || self.name(index, place)? != *id {
            return Ok(None);
        }
        let mut offset = [0; 4];
        inflate::read_exact(index, &mut offset, self.offsets_at() + 4 * place)?;
        let offset = u32::from_be_bytes(offset);
        if offset & 0x8000_0000 == 0 {
            return Ok(Some(offset.into()));
        }
        let mut long = [0; 8];
        let place = u64::from(offset & 0x7fff_ffff);
        inflate::read_exact(index, &mut long, self.offsets_at() + 4 * self.count() + 8 * place)?;
        Ok(Some(u64::from_be_bytes(long)))
    }

    /// Lists at most `most` objects whose names start with the hexadecimal `digits`.
    pub(super) fn starting(&self, digits: &str, most: usize) -> Result<Vec<Id>> {
        let padded = format!("{digits:0<width$}", width = self.hash.len_in_hex());
        let Ok(first) = Id::from_hex(padded.as_bytes()) else { return Ok(Vec::new()) };
        let index = self.index()?;
        let start = self.lower_bound(&index, first.as_slice())?;
        let mut found = Vec::new();
        for place in (start..self.count()).take(most) {
            let name = self.name(&index, place)?;
            if !name.to_string().starts_with(digits) {
                break;
            }
            found.push(name);
        }
        Ok(found)
    }

    /// Reads the object `id` of up to `most` bytes, if the pack has it.
    ///
    /// Of `recent`, the objects of this pack are under `number`.
    pub(super) fn read(
        &self,
        id: &Id,
        most: usize,
        budget: &Budget,
        (number, recent): (usize, &Recent),
    ) -> std::result::Result<Option<Object>, Fault> {
        let broken = |error: std::io::Error| Fault::Broken(format!("{}: {error}", self.stem.escape_debug()));
        let index = self.index().map_err(broken)?;
        let Some(at) = self.find(&index, id).map_err(broken)? else { return Ok(None) };
        let (sort, content) = self.resolved(id, at, &index, (most, budget), (number, recent))?;
        match content.len() > most {
            true => Err(too_large(id, content.len() as u64)),
            false => Ok(Some((sort, content))),
        }
    }

    /// Reads the object `id` at the offset `at`: follows the deltas from there to one that is whole, or was read lately.
    fn resolved(
        &self,
        id: &Id,
        mut at: u64,
        index: &File,
        (most, budget): (usize, &Budget),
        (number, recent): (usize, &Recent),
    ) -> std::result::Result<Object, Fault> {
        let broken = |what: &str| Fault::Broken(format!("{}.pack: the object {id} {what}", self.stem.escape_debug()));
        let fault = |error: std::io::Error| broken(&format!("is {error}"));
        let objects = self.objects().map_err(fault)?;
        let inflated = |(start, size)| inflate::whole(&objects, start, size).map_err(fault);
        let (piece, mut deltas) = (most.max(budget.piece), Vec::new());
        let (sort, mut content) = loop {
            if let Some((sort, known)) = recent.get((number, at)) {
                break (sort, known);
            }
            let header = Header::at(&objects, at, self.hash).ok_or_else(|| broken("has no header"))?;
            (header.size <= piece as u64).then_some(()).ok_or_else(|| too_large(id, header.size))?;
            let place = (header.content_at, header.size as usize);
            budget.spend(header.size)?;
            let base = match header.form {
                Form::Whole(sort) => break (sort, Arc::new(inflated(place)?)),
                Form::Behind(distance) => at.checked_sub(distance).filter(|_| distance > 0),
                Form::Of(base) => self.find(index, &base).map_err(fault)?,
            };
            deltas.push((at, place));
            at = base.ok_or_else(|| broken("is a delta of a missing object"))?;
            let is_short = deltas.len() <= MAX_CHAIN;
            is_short.then_some(()).ok_or_else(|| broken("is part of an endless chain of deltas"))?;
        };
        recent.put((number, at), sort, &content);
        for (at, place) in deltas.into_iter().rev() {
            let applied = delta::apply(&content, &inflated(place)?, piece);
            content = Arc::new(applied.ok_or_else(|| broken("is a broken delta or too large"))?);
            recent.put((number, at), sort, &content);
            budget.spend(content.len() as u64)?;
        }
        Ok((sort, Arc::unwrap_or_clone(content)))
    }
}

fn too_large(id: &Id, size: u64) -> Fault {
    Fault::TooMuch(format!("the object {id} has {size} bytes"))
}

/// The header of an object in a pack, before the compressed bytes.
struct Header {
    form: Form,
    /// The size after decompression, in bytes.
    size: u64,
    content_at: u64,
}

enum Form {
    Whole(Sort),
    /// A delta to the object this many bytes before it.
    Behind(u64),
    /// A delta to the object with this name in the same pack.
    Of(Id),
}

impl Header {
    /// Reads the header at the byte `at` of `pack`, if there is one.
    fn at(pack: &File, at: u64, hash: Kind) -> Option<Header> {
        let bytes = inflate::read_up_to(pack, MAX_HEADER, at).ok()?;
        let mut used = 0;
        let mut next = || {
            used += 1;
            bytes.get(used - 1).copied()
        };
        let mut byte = next()?;
        let kind = byte >> 4 & 7;
        let (mut size, mut shift) = (u64::from(byte & 0xf), 4);
        while byte & 0x80 != 0 {
            byte = next()?;
            if shift > 56 {
                return None;
            }
            size |= u64::from(byte & 0x7f) << shift;
            shift += 7;
        }
        let form = match kind {
            1 => Form::Whole(Sort::Commit),
            2 => Form::Whole(Sort::Tree),
            3 => Form::Whole(Sort::Blob),
            4 => Form::Whole(Sort::Tag),
            6 => Form::Behind(distance(next)?),
            7 => {
                let name = bytes.get(used..used + hash.len_in_bytes())?;
                used += name.len();
                Form::Of(object::id(name)?)
            }
            _ => return None,
        };
        Some(Header { form, size, content_at: at.checked_add(used as u64)? })
    }
}

/// Decodes an offset from groups of seven bits, the highest first; one is added to each group except the last.
fn distance(mut next: impl FnMut() -> Option<u8>) -> Option<u64> {
    let mut byte = next()?;
    let mut distance = u64::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = next()?;
        distance = distance.checked_add(1)?.checked_mul(0x80)? | u64::from(byte & 0x7f);
    }
    Some(distance)
}
