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
    if is_reference(value) {
        return Some("refers to a stored secret, and was not replaced by it");
    }
    if is_placeholder(value) {
        return Some("is a placeholder");
    }
    ends_with_leftover(value).then_some("ends with a character of the file that it was copied from")
}

fn begins_or_ends_with_quote(value: &str) -> bool {
    const QUOTES: [char; 15] = [
        '"', '\'', '`', '´', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›',
    ];
    value.starts_with(QUOTES) || value.ends_with(QUOTES)
}

/// Returns whether a separator follows the value, or a line end that is written as `\n`.
fn ends_with_leftover(value: &str) -> bool {
    [",", ";", "\\n", "\\r"].iter().any(|end| value.ends_with(end))
}

/// Returns whether the value names the place of a secret in a store or in a file.
fn is_reference(value: &str) -> bool {
    const STARTS: [&str; 13] = [
        "!secret",
        "!vault",
        "/run/secrets/",
        "@Microsoft.KeyVault",
        "ENC[",
        "akv://",
        "arn:aws:",
        "awssm://",
        "file:",
        "gcpsm://",
        "op://",
        "ref+",
        "vault:",
    ];
    STARTS.iter().any(|start| value.starts_with(start))
}

/// Returns whether the value is a variable of a shell, a template or a build system.
fn is_variable(value: &str) -> bool {
    const FORMS: [(&str, &str); 12] = [
        ("%(", ")s"),
        ("$[", "]"),
        ("<?", "?>"),
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
    let first = value.chars().next();
    let is_one_character = value.chars().count() > 2 && value.chars().all(|character| Some(character) == first);
    is_one_character || is_in_brackets(value) || is_field(value) || is_word(value) || is_pattern(value)
}

fn is_in_brackets(value: &str) -> bool {
    const BRACKETS: [(&str, &str); 4] = [("<", ">"), ("[", "]"), ("&lt;", "&gt;"), ("%3C", "%3E")];
    BRACKETS
        .iter()
        .any(|(open, close)| value.starts_with(open) && value.ends_with(close))
}

/// Returns whether the value is a word instead of a value, or contains a phrase that asks for one.
fn is_word(value: &str) -> bool {
    const WORDS: [&str; 24] = [
        "apikey",
        "changeit",
        "clientname",
        "dummykey",
        "exampleapikey",
        "examplekey",
        "fixme",
        "missing",
        "myapikey",
        "mykey",
        "none",
        "notset",
        "null",
        "password",
        "redacted",
        "sampleapikey",
        "samplekey",
        "secret",
        "secretkey",
        "tbd",
        "todo",
        "undefined",
        "unknown",
        "venuename",
    ];
    const PHRASES: [&str; 17] = [
        "changeme",
        "enteryour",
        "insertapi",
        "insertkey",
        "insertyour",
        "keyhere",
        "placeholder",
        "putyour",
        "replaceme",
        "replacewith",
        "tobeconfirmed",
        "tobedefined",
        "yourapi",
        "yourclient",
        "yourkey",
        "yoursecret",
        "yourvenue",
    ];
    let has_phrase = |phrase: &str| {
        let starts = 0..letters(value).count();
        starts
            .into_iter()
            .any(|start| letters(value).skip(start).take(phrase.len()).eq(phrase.bytes()))
    };
    WORDS.iter().any(|word| letters(value).eq(word.bytes())) || PHRASES.into_iter().any(has_phrase)
}

/// Returns whether the value is a mask like `xxxx-xxxx`, or the beginning of the digits or of the alphabet.
fn is_pattern(value: &str) -> bool {
    const SEQUENCES: [&str; 3] = ["1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz"];
    let count = letters(value).count();
    let is_mask = count > 2 && letters(value).all(|letter| letters(value).next() == Some(letter));
    let is_sequence = |sequence: &str| count > 5 && letters(value).eq(sequence.bytes().take(count));
    is_mask || SEQUENCES.into_iter().any(is_sequence)
}

/// Returns the letters and digits of a value, in lower case. Nothing is copied: the value may be a secret, and a copy would
/// stay in memory.
fn letters(value: &str) -> impl Iterator<Item = u8> {
    let letters = value.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// Returns whether the value has the name of a parameter or a scheme before it.
fn is_field(value: &str) -> bool {
    let starts_with = |name: &str| {
        value
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    [
        "api_key=", "apikey=", "api-key:", "apikey:", "api_key:", "key=", "export ", "set ", "bearer ", "basic ",
    ]
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
        let (leftover, reference) = ("ends with a character of the file", "refers to a stored secret");
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
            ("‹k3y-w0rd›", quotes),
            ("k3y-w0rd,", leftover),
            ("k3y-w0rd;", leftover),
            ("k3y-w0rd\\n", leftover),
            ("%(api_key)s", variable),
            ("$[api_key]", variable),
            ("<?= $key ?>", variable),
            ("op://venue/spektrix/key", reference),
            ("arn:aws:secretsmanager:eu-west-2:1:secret:k", reference),
            ("@Microsoft.KeyVault(SecretUri=https://k)", reference),
            ("/run/secrets/spektrix", reference),
            ("ENC[AES256_GCM,data:k3y]", reference),
            ("&lt;your key&gt;", placeholder),
            ("%3Cyour key%3E", placeholder),
            ("your_key_here", placeholder),
            ("insert-api-key-here", placeholder),
            ("CHANGE_ME_PLEASE", placeholder),
            ("replace with your key", placeholder),
            ("YourSecretKey", placeholder),
            ("your-client-name", placeholder),
            ("my-api-key", placeholder),
            ("12345678", placeholder),
            ("abcdefgh", placeholder),
            ("xxxx-xxxx-xxxx", placeholder),
            ("00000000-0000-0000-0000-000000000000", placeholder),
            ("export k3y-w0rd", placeholder),
            ("apikey: k3y-w0rd", placeholder),
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
            "12345679",
            "abcdefg8",
            "xxxx-xxxy",
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
