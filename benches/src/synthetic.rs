//! Synthetic bodies that resemble the service's. They are the same in every run.

use std::fmt::Write as _;

use anyhow::{Result, bail};

/// Returns a body of the size of one page of a list.
pub(crate) fn body(operation: &str) -> Result<String> {
    Ok(match operation {
        "GetEvents" => list("Events", 12, event),
        "GetInstanceStatus" => list("InstancePlanStatuses", 70, |out, number| status(out, number, 0)),
        "GetInstances" => list("Instances", 60, instance),
        _ => bail!("there is no synthetic body for {operation}"),
    })
}

/// Returns instances without a root.
pub fn instances(count: usize) -> String {
    (0..count).fold(String::new(), |mut out, number| {
        instance(&mut out, number);
        out
    })
}

/// Returns the statuses of these instances without a root. Those of the first instances have other numbers if they are changed.
pub fn statuses(count: usize, changed: usize) -> String {
    (0..count).fold(String::new(), |mut out, number| {
        status(&mut out, number, u32::from(number < changed));
        out
    })
}

fn list(root: &str, count: usize, item: impl Fn(&mut String, usize)) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><{root} xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    (0..count).for_each(|number| item(&mut out, number));
    out + "</" + root + ">"
}

/// Writes user-defined attributes. Every fourth is empty, because venues leave some empty.
fn attributes(out: &mut String, count: usize, number: usize) {
    const NAMES: [&str; 6] = [
        "Audio described",
        "Captioned",
        "Relaxed",
        "Programme",
        "Doors open",
        "Touring company",
    ];
    for index in 0..count {
        let name = NAMES[index % NAMES.len()];
        let value = match (index + number) % 4 {
            0 => "<Value/>".to_owned(),
            1 => "<Value>0</Value>".to_owned(),
            2 => "<Value>19:15</Value>".to_owned(),
            _ => format!("<Value>Season {number}</Value>"),
        };
        put(
            out,
            format_args!("<Attribute><Name>{name} {index}</Name>{value}</Attribute>"),
        );
    }
}

fn instance(out: &mut String, number: usize) {
    let (day, hour) = (1 + number % 28, 12 + number % 10);
    put(out, format_args!("<Instance id=\"{}\">", 20_000 + number));
    attributes(out, 11, number);
    let references = (14_000 + number / 9, 5000 + number % 7, 21_000 + number % 11);
    put(
        out,
        format_args!(
            "<Event id=\"{}\"/><IsOnSale>true</IsOnSale><Plan id=\"{}\"/><PriceList id=\"{}\"/>",
            references.0, references.1, references.2
        ),
    );
    for name in ["Start", "StartSellingAt", "StopSellingAt"] {
        put(out, format_args!("<{name}>2026-05-{day:02}T{hour}:30:00</{name}>"));
        put(
            out,
            format_args!("<{name}Utc>2026-05-{day:02}T{}:30:00Z</{name}Utc>", hour - 1),
        );
    }
    out.push_str("</Instance>");
}

fn event(out: &mut String, number: usize) {
    let sentence = "A story of three sisters &amp; the sea, told with songs; it isn&apos;t for the faint of heart.\n";
    put(out, format_args!("<Event id=\"{}\">", 14_000 + number));
    attributes(out, 26, number);
    put(
        out,
        format_args!(
            "<Description>{}</Description><Duration>{}</Duration><HtmlDescription>&lt;p&gt;{sentence}&lt;/p&gt;\
             </HtmlDescription><ImageUrl>https://images.example/{number}/large.jpg</ImageUrl><IsOnSale>true</IsOnSale>\
             <Name>The Café by the Sea, part {number}</Name><RelatedEvents/><RelatedStockItems/>\
             <ThumbnailUrl>https://images.example/{number}/small.jpg</ThumbnailUrl></Event>",
            sentence.repeat(8),
            60 + number
        ),
    );
}

/// Writes a status. `more` seats are sold than at first.
fn status(out: &mut String, number: usize, more: u32) {
    let sold = u32::try_from(number * 5 % 416).unwrap_or_default() + more;
    put(
        out,
        format_args!(
            "<InstancePlanStatus><Plan id=\"{}\"/><Instance id=\"{}\"/><Name>Main auditorium {}</Name>\
             <Available>{}</Available><Capacity>420</Capacity><Locked>4</Locked><Reserved>2</Reserved>\
             <Selected>0</Selected><Sold>{}</Sold><Band id=\"11\"/><SubPlans/></InstancePlanStatus>",
            5000 + number % 7,
            20_000 + number,
            number % 3,
            420 - sold,
            sold
        ),
    );
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = out.write_fmt(text);
}
