//! Words that promise: no statement of any pack uses them, unless the pack says in `allowed_words` that it may.

/// The words banned in every pack, by the first part of the language tag.
pub(super) fn claim_words(tag: &str) -> &'static [&'static str] {
    match tag.split(['-', '_']).next() {
        Some("en") => &[
            "cure", "cures", "cured", "curing", "guarant*", "permanen*", "prove", "proves", "proved", "proven",
            "proof", "will", "won't", "*'ll", "miracle*", "miraculous*", "risk-free", "painless*", "foolproof",
            "always works", "100 percent",
        ],
        Some("es") => &[
            "cura", "curan", "curar*", "curad*", "cure", "curen", "curó", "curación", "garant*", "permanen*",
            "demostrad*", "demuestr*", "comprobad*", "milagr*", "infalible*", "indolor*", "sin riesgo", "sin riesgos",
            "100 por ciento", "*ará", "*arán", "*erá", "*erán", "*irá", "*irán", "*drá", "*drán", "*brá", "*brán",
            "*rrá", "*rrán",
        ],
        _ => &[],
    }
}
