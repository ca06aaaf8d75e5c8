//! Enums that JSON files write as names.

/// Declares an enum of names with its decoder and its JSON schema.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, schemars::JsonSchema)]
        pub(crate) enum $name {
            $($(#[$variant_meta])* #[schemars(rename = $text)] $variant,)*
        }

        impl $name {
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl $crate::diagnostics::Decode for $name {
            fn decode(value: &jsonc_parser::ast::Value<'_>, sink: &$crate::diagnostics::Reporter<'_>) -> Option<Self> {
                let name = <$crate::diagnostics::Spanned<String> as $crate::diagnostics::Decode>::decode(value, sink)?;
                match name.as_str() {
                    $($text => Some(Self::$variant),)*
                    other => {
                        sink.report(
                            $crate::diagnostics::Diagnostic::new("unknown-name", name.span.clone(), format!("`{other}` is not a name that fits here"))
                                .suggest(other, [$($text),*]),
                        );
                        None
                    }
                }
            }
        }
    };
}

pub(super) use names;
