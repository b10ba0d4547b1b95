//! Pseudorandom numbers that are the same in every run.

/// A pseudorandom number generator: xorshift64*.
#[derive(Debug)]
pub struct Rng(u64);

impl Rng {
    /// Creates a generator. Different seeds give different numbers.
    pub fn new(seed: u64) -> Self {
        // Zero is the only state that xorshift never leaves.
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below the limit, which must not be zero.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % limit
    }

    /// Returns one of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Cuts the bytes into chunks of at most this many bytes.
    pub fn chunks<'a>(&mut self, mut bytes: &'a [u8], max: usize) -> Vec<&'a [u8]> {
        let mut chunks = Vec::new();
        while !bytes.is_empty() {
            let (chunk, rest) = bytes.split_at(bytes.len().min(1 + self.below(max)));
            chunks.push(chunk);
            bytes = rest;
        }
        chunks
    }
}
