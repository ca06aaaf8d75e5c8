//! Thoroughness of the tests: few random cases in the everyday run, all cases on request.

use proptest::test_runner::Config;
use std::sync::LazyLock;

/// The number of random cases and repetitions of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thoroughness {
    /// The everyday run: a sample of the cases.
    Everyday,
    /// All cases, as in `.ci/run`.
    Thorough,
}

/// Returns [`Thoroughness::Thorough`] if `PRECONSULT_TESTS=thorough` is set. Only this function reads the variable.
pub(crate) fn thoroughness() -> Thoroughness {
    static CHOSEN: LazyLock<Thoroughness> =
        LazyLock::new(|| match std::env::var("PRECONSULT_TESTS").as_deref().unwrap_or_default() {
            "" => Thoroughness::Everyday,
            "thorough" => Thoroughness::Thorough,
            other => panic!("PRECONSULT_TESTS is `{other}`; only `thorough` is valid"),
        });
    *CHOSEN
}

impl Thoroughness {
    /// Returns the number of random cases: all, or one in twenty.
    pub(crate) fn cases(self, all: u32) -> u32 {
        match self {
            Self::Thorough => all,
            Self::Everyday => all.div_ceil(20),
        }
    }

    /// Returns all items, or every `step`-th. With different offsets, tests use different items.
    pub(crate) fn sample<I: Iterator>(self, items: I, step: usize, offset: usize) -> impl Iterator<Item = I::Item> {
        let (step, offset) = match self {
            Self::Thorough => (1, 0),
            Self::Everyday => (step, offset % step),
        };
        items.skip(offset).step_by(step)
    }
}

/// Returns the proptest configuration for `all` random cases in a thorough run.
pub(crate) fn cases(all: u32) -> Config {
    let cases = thoroughness().cases(all);
    Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() }
}
