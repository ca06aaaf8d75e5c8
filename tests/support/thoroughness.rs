//! How much the tests try: few random cases in the everyday run, all of them when asked.

use proptest::test_runner::Config;
use std::sync::LazyLock;

/// How many random cases and repetitions a test runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thoroughness {
    /// The everyday run: a sample, the same in kind.
    Everyday,
    /// Everything, as `.ci/run` does.
    Thorough,
}

/// Thorough if `PRECONSULT_TESTS=thorough` is set, else everyday. No other place reads that variable.
pub(crate) fn thoroughness() -> Thoroughness {
    static CHOSEN: LazyLock<Thoroughness> =
        LazyLock::new(|| match std::env::var("PRECONSULT_TESTS").as_deref().unwrap_or_default() {
            "" => Thoroughness::Everyday,
            "thorough" => Thoroughness::Thorough,
            other => panic!("PRECONSULT_TESTS is `{other}`; only `thorough` has a meaning"),
        });
    *CHOSEN
}

impl Thoroughness {
    /// All of these random cases, or one in twenty.
    pub(crate) fn cases(self, all: u32) -> u32 {
        match self {
            Self::Thorough => all,
            Self::Everyday => all.div_ceil(20),
        }
    }

    /// All of these items, or every `step`-th. `offset` lets neighbouring tests take different ones.
    pub(crate) fn sample<I: Iterator>(self, items: I, step: usize, offset: usize) -> impl Iterator<Item = I::Item> {
        let (step, offset) = match self {
            Self::Thorough => (1, 0),
            Self::Everyday => (step, offset % step),
        };
        items.skip(offset).step_by(step)
    }
}

/// The settings of a property that holds for this many random cases in a thorough run.
pub(crate) fn cases(all: u32) -> Config {
    let cases = thoroughness().cases(all);
    Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() }
}
