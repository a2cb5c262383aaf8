//! Objects stored as a difference to another one (gitformat-pack(5), "Deltified representation").

/// Applies `delta` to `base`; `None` if the delta is broken or produces over `most` bytes.
pub(super) fn apply(base: &[u8], delta: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut delta = delta.iter().copied();
    let (base_size, size) = (number(&mut delta)?, number(&mut delta)?);
    if base_size != base.len() as u64 || size > most as u64 {
        return None;
    }
    let size = usize::try_from(size).ok()?;
    let mut made = Vec::new();
    while let Some(command) = delta.next() {
        if command & 0x80 == 0 {
            // Command zero is reserved.
            let count = usize::from(command);
            let before = made.len();
            made.extend(delta.by_ref().take(count));
            if count == 0 || made.len() != before + count {
                return None;
            }
        } else {
            let mut field = |bits: std::ops::Range<u8>| {
                let mut value = 0;
                for (place, bit) in bits.enumerate() {
                    if command & (1 << bit) != 0 {
                        value |= usize::from(delta.next()?) << (8 * place);
                    }
                }
                Some(value)
            };
            let (from, count) = (field(0..4)?, field(4..7)?);
            let count = if count == 0 { 0x10000 } else { count };
            made.extend_from_slice(base.get(from..from.checked_add(count)?)?);
        }
        if made.len() > size {
            return None;
        }
    }
    (made.len() == size).then_some(made)
}

/// Decodes a number from groups of seven bits, the lowest first.
fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..63).step_by(7) {
        let byte = bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delta_copies_and_adds() {
        assert_eq!(apply(b"abcdef", &[6, 5, 0x91, 2, 3, 2, b'x', b'y'], 9).as_deref(), Some(&b"cdexy"[..]));
        let long = vec![7; 0x10000];
        assert_eq!(apply(&long, &[0x80, 0x80, 4, 0x80, 0x80, 4, 0x80], 0x10000), Some(long));
    }

    #[test]
    fn a_broken_delta_makes_nothing() {
        for delta in [
            &[][..],
            &[6],
            &[0x80; 20],
            &[5, 1, 1, b'x'],
            &[6, 1, 0],
            &[6, 1, 2, b'x'],
            &[6, 2, 1, b'x'],
            &[6, 0, 1, b'x'],
            &[6, 1, 0x91],
            &[6, 2, 0x91, 5, 2],
            &[6, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[6, 10, 5, b'a', b'b', b'c', b'd', b'e', 5, b'a', b'b', b'c', b'd', b'e'],
        ] {
            assert_eq!(apply(b"abcdef", delta, 9), None, "{delta:?}");
        }
    }
}
