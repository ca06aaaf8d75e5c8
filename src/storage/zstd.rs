//! zstd: a file is one frame after another, and some hold nothing to read.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Unpacks all frames.
pub(super) struct ZstdReader<R> {
    source: R,
    decoder: FrameDecoder,
    place: Place,
}

enum Place {
    Between,
    Inside,
    /// What comes after a frame that cannot be read is anybody's guess.
    Broken,
}

impl<R: BufRead> ZstdReader<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), place: Place::Between }
    }

    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if matches!(self.place, Place::Between) {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
                continue;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let wanted = BlockDecodingStrategy::UptoBytes(buffer.len());
                self.decoder.decode_blocks(&mut self.source, wanted).map_err(|error| fault(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            let told = self.decoder.get_checksum_from_data();
            if told.is_some() && told != self.decoder.get_calculated_checksum() {
                return Err(damaged("its checksum is another"));
            }
            self.place = Place::Between;
        }
    }

    /// Begins a frame, or passes over one that holds nothing to read.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.place = Place::Inside,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
            }
            Err(error) => return Err(fault(&error)),
        }
        Ok(())
    }
}

impl<R: BufRead> Read for ZstdReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if let Place::Broken = self.place {
            return Err(damaged("a frame before this place cannot be read"));
        }
        self.decode(buffer).inspect_err(|_| self.place = Place::Broken)
    }
}

fn damaged(why: &str) -> io::Error {
    io::Error::other(format!("the zstd data is damaged: {why}"))
}

/// What is wrong with a frame, without the decoder's own words for its parts.
fn fault(error: &FrameDecoderError) -> io::Error {
    if let FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)) = error {
        return damaged("something else than zstd stands there");
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        match inner.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::UnexpectedEof => return damaged("it ends too early"),
            // The disk's own trouble.
            Some(error) => return io::Error::new(error.kind(), error.to_string()),
            None => cause = inner.source(),
        }
    }
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => damaged("it wants more memory than is given to it"),
        FrameDecoderError::DictNotProvided { .. } => damaged("it was packed with a dictionary"),
        _ => damaged("a part of it cannot be unpacked"),
    }
}

#[cfg(test)]
mod tests {
    use super::ZstdReader;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::Read;

    fn unpacked(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        ZstdReader::new(bytes).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_follow_one_another_and_empty_ones_are_passed_over() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let skipped = [&0x184D_2A50_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"xyz"].concat();
        let long = "a line\n".repeat(50_000);
        let all = [frame("one\n"), skipped.clone(), frame(""), frame(&long), skipped].concat();
        assert_eq!(unpacked(&all).expect("frames"), format!("one\n{long}"));
        assert_eq!(unpacked(b"").expect("no frame"), "");
    }

    #[test]
    fn what_is_cut_off_or_changed_is_an_error() {
        let frame = compress_to_vec("some records\n".repeat(1000).as_bytes(), CompressionLevel::Fastest);
        for end in 1..frame.len() {
            let why = unpacked(&frame[..end]).expect_err("it is cut").to_string();
            assert_eq!(why, "the zstd data is damaged: it ends too early", "cut at {end}");
        }
        let why = |bytes: &[u8]| unpacked(bytes).expect_err("it is damaged").to_string();
        assert_eq!(why(b"no frame at all"), "the zstd data is damaged: something else than zstd stands there");
        for at in 4..frame.len() {
            let mut changed = frame.clone();
            changed[at] ^= 0x55;
            if let Err(error) = unpacked(&changed) {
                let error = error.to_string();
                assert!(error.starts_with("the zstd data is damaged: ") && !error.contains(['(', '{', '_']), "{error}");
            }
        }
    }
}
