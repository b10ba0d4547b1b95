//! Writes a PDF with one page of text, for tickets to print at home.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

const CATALOGUE: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const FONT: Ref = Ref::new(4);
const TEXT: Ref = Ref::new(5);

/// A4, in points.
const PAGE_SIZE: Rect = Rect {
    x1: 0.0,
    y1: 0.0,
    x2: 595.0,
    y2: 842.0,
};
const LEFT: f32 = 60.0;
const TOP: f32 = 770.0;
const LINE_HEIGHT: f32 = 22.0;
const FONT_SIZE: f32 = 13.0;
const FONT_NAME: Name<'static> = Name(b"F1");

/// Returns a PDF with the lines on one page. Lines that do not fit on the page are not visible.
pub(crate) fn page(lines: &[String]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOGUE).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let mut page = pdf.page(PAGE);
    page.media_box(PAGE_SIZE).parent(PAGES).contents(TEXT);
    page.resources().fonts().pair(FONT_NAME, FONT);
    page.finish();
    // Helvetica is one of the 14 fonts that every PDF reader has, so it is not embedded.
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
    content.set_font(FONT_NAME, FONT_SIZE);
    content.set_leading(LINE_HEIGHT);
    content.next_line(LEFT, TOP);
    for line in lines {
        content.show(Str(&win_ansi(line)));
        content.next_line_using_leading();
    }
    content.end_text();
    content.finish().to_vec()
}

/// Encodes text in `WinAnsiEncoding`. Characters that the encoding does not have become question marks.
fn win_ansi(text: &str) -> Vec<u8> {
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
    use super::{page, win_ansi};

    #[test]
    fn a_page_contains_its_lines() {
        let pdf = page(&["The Clerk’s (Café)".to_owned(), "Row \\ 1".to_owned()]);
        assert!(pdf.starts_with(b"%PDF-1.7\n") && pdf.ends_with(b"%%EOF"));
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/Count 1") && text.contains("xref"), "{text}");
        assert!(text.contains("Row \\\\ 1"), "{text}");
    }

    #[test]
    fn text_is_encoded_as_win_ansi() {
        assert_eq!(win_ansi("É’£ 漢"), [0xC9, 0x92, 0xA3, b' ', b'?']);
    }
}
