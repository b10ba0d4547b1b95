//! Recognizes values that cannot be a setting: one that is still in quotes, a variable that was not replaced, a placeholder.

/// Returns what is wrong with a value, to follow its name in a message. The value is not quoted, because it may be a secret.
pub(super) fn problem(value: &str) -> Option<&'static str> {
    if value.chars().any(is_invisible) {
        return Some("contains an invisible character or a space that is not an ordinary one");
    }
    if begins_or_ends_with_quote(value) {
        return Some("has a quotation mark around it");
    }
    if is_variable(value) {
        return Some("is the name of a variable, which was not replaced by its value");
    }
    is_placeholder(value).then_some("is a placeholder")
}

fn begins_or_ends_with_quote(value: &str) -> bool {
    const QUOTES: [char; 12] = ['"', '\'', '`', '´', '“', '”', '„', '‘', '’', '‚', '«', '»'];
    value.starts_with(QUOTES) || value.ends_with(QUOTES)
}

/// Returns whether the value is a variable of a shell, a template or a build system.
fn is_variable(value: &str) -> bool {
    const FORMS: [(&str, &str); 9] = [
        ("${", "}"),
        ("$(", ")"),
        ("#{", "}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<%", "%>"),
        ("%{", "}"),
        ("@@", "@@"),
        ("{", "}"),
    ];
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        bytes
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let is_in_marks = |(open, close): &(&str, &str)| value.starts_with(open) && value.ends_with(close);
    let between = |mark: &str| value.strip_prefix(mark)?.strip_suffix(mark);
    FORMS.iter().any(is_in_marks)
        || between("%").is_some_and(is_name)
        || value
            .strip_prefix('$')
            .is_some_and(|name| is_name(name.strip_prefix("env:").unwrap_or(name)))
        || ["env.", "ENV[", "process.env", "os.environ", "secrets."]
            .iter()
            .any(|start| value.starts_with(start))
        || value.starts_with("SPEKTRIX_")
}

fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 17] = [
        "apikey",
        "changeit",
        "changeme",
        "fixme",
        "insertkeyhere",
        "none",
        "null",
        "placeholder",
        "redacted",
        "replaceme",
        "secret",
        "tobedefined",
        "todo",
        "undefined",
        "yourapikey",
        "yourapikeyhere",
        "yourkey",
    ];
    // Compared without a copy, which would stay in memory: the value may be a secret.
    let letters = || {
        value
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase())
    };
    let is_in_brackets = [('<', '>'), ('[', ']')]
        .iter()
        .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
    let first = value.chars().next();
    let is_one_character = value.chars().count() > 2 && value.chars().all(|character| Some(character) == first);
    is_in_brackets || is_one_character || WORDS.iter().any(|word| letters().eq(word.bytes())) || is_field(value)
}

/// Returns whether the value has the name of a parameter or a scheme before it.
fn is_field(value: &str) -> bool {
    let starts_with = |name: &str| {
        value
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    ["api_key=", "apikey=", "api-key:", "key=", "bearer ", "basic "]
        .into_iter()
        .any(starts_with)
}

/// Returns whether it is a format character of Unicode, or whitespace other than the ordinary.
fn is_invisible(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFD}'
            | '\u{E0000}'..='\u{E01EF}'
    );
    is_format || (character.is_whitespace() && !character.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_cannot_be_right_are_recognized() {
        let (invisible, quotes) = ("contains an invisible", "has a quotation mark");
        let (variable, placeholder) = ("is the name of a variable", "is a placeholder");
        let cases = [
            ("k3y\u{200B}-w0rd", invisible),
            ("\u{FEFF}k3y-w0rd", invisible),
            ("k3y\u{A0}w0rd", invisible),
            ("k3y\u{FFFD}w0rd", invisible),
            ("\"k3y-w0rd\"", quotes),
            ("'k3y-w0rd'", quotes),
            ("“k3y-w0rd”", quotes),
            ("k3y-w0rd\"", quotes),
            ("${SPEKTRIX_API_KEY}", variable),
            ("$SPEKTRIX_API_KEY", variable),
            ("$env:SPEKTRIX_API_KEY", variable),
            ("$(SPEKTRIX_API_KEY)", variable),
            ("%SPEKTRIX_API_KEY%", variable),
            ("{{ spektrix.api_key }}", variable),
            ("${{ secrets.SPEKTRIX_API_KEY }}", variable),
            ("<%= ENV['KEY'] %>", variable),
            ("#{key}", variable),
            ("process.env.API_KEY", variable),
            ("SPEKTRIX_API_KEY", variable),
            ("<your key>", placeholder),
            ("[API KEY]", placeholder),
            ("your-api-key-here", placeholder),
            ("YOUR_API_KEY", placeholder),
            ("ChangeMe", placeholder),
            ("xxxxxxxx", placeholder),
            ("********", placeholder),
            ("api_key=k3y-w0rd", placeholder),
            ("Bearer k3y-w0rd", placeholder),
        ];
        for (value, expected) in cases {
            let problem = problem(value);
            assert!(
                problem.is_some_and(|problem| problem.starts_with(expected)),
                "{value}: {problem:?}"
            );
        }
    }

    #[test]
    fn values_that_may_be_right_are_accepted() {
        for value in [
            "",
            "test-k3y",
            "an-api-key",
            "the key that Spektrix gave out",
            "5f2b0f6e-8c1d-4c7e-9a55-0123456789ab",
            "aytlIHkvw58mMX53MHJkcw==",
            "pa$$word-1",
            "$2b$10$abcdefghijk",
            "100%-k3y%",
            "k<3>y",
            "https://api.system.spektrix.com/",
        ] {
            assert_eq!(problem(value), None, "{value}");
        }
    }
}
