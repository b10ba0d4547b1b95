//! Tests of the commands that read or write files: `decode`, `completions`, `man`.

use crate::program::Folder;

const BANDS: &str = "<Bands><Band id=\"7\"><Name>Stalls</Name><Colour>red</Colour></Band></Bands>";

#[test]
fn bodies_are_printed_as_json() {
    let folder = Folder::new();
    folder.write("bands.xml", BANDS);
    let outcome = folder.spektrix(&["decode", "GetBands", "bands.xml"]);
    assert_eq!(outcome.stderr, "not in the schema: Bands/Band/Colour\n");
    let json: serde_json::Value = serde_json::from_str(&outcome.success()).unwrap();
    assert_eq!(json, serde_json::json!([{"id": 7, "name": "Stalls"}]));
}

#[test]
fn invalid_bodies_are_explained() {
    let folder = Folder::new();
    folder.write("bands.xml", BANDS);
    folder.write("page.xml", "<html><body>Sign in</body></html>");
    folder.write("cut.xml", &BANDS[..40]);
    let table = [
        (
            "another list",
            ["decode", "GetEvents", "bands.xml"],
            8,
            "the root element is `Bands`",
        ),
        ("a page", ["decode", "GetBands", "page.xml"], 8, "HTML page"),
        (
            "a truncated body",
            ["decode", "GetBands", "cut.xml"],
            8,
            "not well-formed",
        ),
        (
            "an unknown operation",
            ["decode", "GetBand", "bands.xml"],
            2,
            "there is no operation `GetBand`",
        ),
        ("no file", ["decode", "GetBands", "none.xml"], 1, "cannot read none.xml"),
    ];
    for (name, arguments, code, message) in table {
        println!("{name}");
        folder.spektrix(&arguments).fails(code, message);
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new();
    folder.spektrix(&["man", "pages"]).success();
    let page = |name: &str| std::fs::read_to_string(folder.file("pages").join(name)).unwrap();
    assert!(page("spektrix.1").contains("Exit codes"));
    assert!(page("spektrix-events.1").contains("attribute"));
    assert!(page("spektrix-cert-request.1").contains("organisation"));
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Folder::new().spektrix(&["completions", shell]).success();
        assert!(script.contains("price-lists") && script.contains("sandbox"), "{shell}");
    }
}
