//! A PDF of one page with lines of text: as much as a document to print needs here.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

const CATALOGUE: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const FONT: Ref = Ref::new(4);
const TEXT: Ref = Ref::new(5);

/// A4, in points.
const SIZE: Rect = Rect {
    x1: 0.0,
    y1: 0.0,
    x2: 595.0,
    y2: 842.0,
};
const LEFT: f32 = 60.0;
const TOP: f32 = 770.0;
const LINE: f32 = 22.0;
const FONT_NAME: Name<'static> = Name(b"F1");

/// The lines, one below the other. What goes beyond the page is cut off.
pub(crate) fn page(lines: &[String]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOGUE).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let mut page = pdf.page(PAGE);
    page.media_box(SIZE).parent(PAGES).contents(TEXT);
    page.resources().fonts().pair(FONT_NAME, FONT);
    page.finish();
    // One of the fonts that every reader has.
    let mut font = pdf.type1_font(FONT);
    font.base_font(Name(b"Helvetica"))
        .encoding_predefined(Name(b"WinAnsiEncoding"));
    font.finish();
    pdf.stream(TEXT, &text(lines));
    pdf.finish()
}

fn text(lines: &[String]) -> Vec<u8> {
    let mut content = Content::new();
    content.begin_text();
    content.set_font(FONT_NAME, 13.0);
    content.set_leading(LINE);
    content.next_line(LEFT, TOP);
    for line in lines {
        content.show(Str(&encoded(line)));
        content.next_line_using_leading();
    }
    content.end_text();
    content.finish().to_vec()
}

/// The text in the font's encoding, in which what it does not have is a question mark.
fn encoded(text: &str) -> Vec<u8> {
    let byte = |character| match character {
        '–' => 0x96,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '…' => 0x85,
        '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(character)).unwrap_or(b'?'),
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::{encoded, page};

    #[test]
    fn a_page_has_its_lines() {
        let pdf = page(&["The Clerk’s (Café)".to_owned(), "Row \\ 1".to_owned()]);
        assert!(pdf.starts_with(b"%PDF-1.7\n") && pdf.ends_with(b"%%EOF"));
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/Count 1") && text.contains("xref"), "{text}");
        assert!(text.contains("Row \\\\ 1"), "{text}");
    }

    #[test]
    fn texts_are_in_the_fonts_encoding() {
        assert_eq!(encoded("É’£ 漢"), [0xC9, 0x92, 0xA3, b' ', b'?']);
    }
}
