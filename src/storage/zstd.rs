//! Reader for zstd files: a sequence of frames, some of which are skippable and hold no data.

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// Largest window of a frame, which is the memory that it takes. `zstd` uses up to 8 MiB by default.
const MAX_WINDOW_BYTES: u64 = 100 * 1024 * 1024;

/// Decompresses all frames of a source.
pub(super) struct ZstdReader<R> {
    source: R,
    decoder: FrameDecoder,
    state: FrameState,
}

enum FrameState {
    Between,
    Inside,
    /// After a frame that cannot be read, the next one cannot be located.
    Broken,
}

impl<R: BufRead> ZstdReader<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        Self { source, decoder, state: FrameState::Between }
    }

    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if matches!(self.state, FrameState::Between) {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
                continue;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let amount = BlockDecodingStrategy::UptoBytes(buffer.len());
                self.decoder.decode_blocks(&mut self.source, amount).map_err(|error| fault(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            let stored = self.decoder.get_checksum_from_data();
            if stored.is_some() && stored != self.decoder.get_calculated_checksum() {
                return Err(damaged("the checksum does not match"));
            }
            self.state = FrameState::Between;
        }
    }

    /// Starts a frame, or skips one that holds no data.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.state = FrameState::Inside,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = u64::from(length);
                if io::copy(&mut self.source.by_ref().take(length), &mut io::sink())? < length {
                    return Err(ends_too_early());
                }
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
        if let FrameState::Broken = self.state {
            return Err(damaged("an earlier frame cannot be read"));
        }
        self.decode(buffer).inspect_err(|_| self.state = FrameState::Broken)
    }
}

fn damaged(reason: &str) -> io::Error {
    io::Error::other(format!("the zstd data is damaged: {reason}"))
}

fn ends_too_early() -> io::Error {
    damaged("it ends too early")
}

/// Describes a frame error without the decoder's internal terms.
fn fault(error: &FrameDecoderError) -> io::Error {
    if let FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)) = error {
        return damaged("it is not zstd data");
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        match inner.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::UnexpectedEof => return ends_too_early(),
            // An I/O error of the source itself.
            Some(error) => return io::Error::new(error.kind(), error.to_string()),
            None => cause = inner.source(),
        }
    }
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => damaged("it needs more memory than is allowed"),
        FrameDecoderError::DictNotProvided { .. } => damaged("it was compressed with a dictionary"),
        _ => damaged("part of it cannot be decompressed"),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_WINDOW_BYTES, ZstdReader};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::Read;

    fn decompress(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        ZstdReader::new(bytes).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_are_concatenated_and_skippable_ones_are_ignored() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let skipped = [&0x184D_2A50_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"xyz"].concat();
        let long = "a line\n".repeat(50_000);
        let all = [frame("one\n"), skipped.clone(), frame(""), frame(&long), skipped].concat();
        assert_eq!(decompress(&all).expect("frames"), format!("one\n{long}"));
        assert_eq!(decompress(b"").expect("no frame"), "");
    }

    /// Returns a frame that repeats one byte, with the header fields after its descriptor.
    fn frame_with_header(descriptor: u8, fields: &[u8]) -> Vec<u8> {
        let last_block_of_1024_repeated_bytes = [0x03, 0x20, 0x00, b'a'];
        [&0xFD2F_B528_u32.to_le_bytes()[..], &[descriptor], fields, &last_block_of_1024_repeated_bytes].concat()
    }

    #[test]
    fn every_frame_with_a_large_window_is_refused() {
        let window = |log: u8| frame_with_header(0, &[(log - 10) << 3]);
        let single_segment = |bytes: u64| frame_with_header(0b1110_0000, &bytes.to_le_bytes());
        let small = window(20);
        assert_eq!(decompress(&small).expect("a window of 1 MiB").len(), 1024);
        for large in
            [window(27), window(30), window(41), single_segment(MAX_WINDOW_BYTES + 1), single_segment(u64::MAX)]
        {
            for bytes in [large.clone(), [small.clone(), large].concat()] {
                let error = decompress(&bytes).expect_err("a large window").to_string();
                assert_eq!(error, "the zstd data is damaged: it needs more memory than is allowed");
            }
        }
    }

    #[test]
    fn truncated_or_changed_data_is_an_error() {
        let frame = compress_to_vec("some records\n".repeat(1000).as_bytes(), CompressionLevel::Fastest);
        for end in 1..frame.len() {
            let error_text = decompress(&frame[..end]).expect_err("it is cut").to_string();
            assert_eq!(error_text, "the zstd data is damaged: it ends too early", "cut at {end}");
        }
        let skipped = [&0x184D_2A50_u32.to_le_bytes()[..], &300_u32.to_le_bytes(), &[0; 300]].concat();
        for end in 1..skipped.len() {
            let error_text = decompress(&[&frame, &skipped[..end]].concat()).expect_err("it is cut").to_string();
            assert_eq!(error_text, "the zstd data is damaged: it ends too early", "cut at {end}");
        }
        let error_text = |bytes: &[u8]| decompress(bytes).expect_err("damaged data").to_string();
        assert_eq!(error_text(b"no frame at all"), "the zstd data is damaged: it is not zstd data");
        for index in 4..frame.len() {
            let mut changed = frame.clone();
            changed[index] ^= 0x55;
            if let Err(error) = decompress(&changed) {
                let error = error.to_string();
                assert!(error.starts_with("the zstd data is damaged: ") && !error.contains(['(', '{', '_']), "{error}");
            }
        }
    }
}
