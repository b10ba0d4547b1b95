//! Whether a text is of a simple type.

use crate::model::Primitive;

/// Whether the runtime would read it.
pub(super) fn holds(primitive: Primitive, text: &str) -> bool {
    let text = if primitive == Primitive::String {
        text
    } else {
        text.trim()
    };
    match primitive {
        Primitive::String | Primitive::Base64 => true,
        Primitive::Int => text.parse::<i32>().is_ok(),
        Primitive::Long => text.parse::<i64>().is_ok(),
        Primitive::Byte => text.parse::<i8>().is_ok(),
        Primitive::UnsignedByte => text.parse::<u8>().is_ok(),
        Primitive::Short => text.parse::<i16>().is_ok(),
        Primitive::UnsignedShort => text.parse::<u16>().is_ok(),
        Primitive::UnsignedInt => text.parse::<u32>().is_ok(),
        Primitive::UnsignedLong => text.parse::<u64>().is_ok(),
        Primitive::Decimal | Primitive::Float | Primitive::Double => {
            matches!(text, "INF" | "-INF" | "NaN") || text.parse::<f64>().is_ok()
        }
        Primitive::Boolean => matches!(text, "true" | "false" | "1" | "0"),
        Primitive::LocalTime | Primitive::UtcTime => text.split_once('T').is_some_and(|(date, time)| {
            let time = time.trim_end_matches('Z');
            is_date(date) && is_time(time.split(['+', '-']).next().unwrap_or(time))
        }),
        Primitive::Date => is_date(text.trim_end_matches('Z')),
        Primitive::Time => is_time(text),
        Primitive::Guid => text.bytes().filter(u8::is_ascii_hexdigit).count() == 32,
    }
}

fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [4, 2, 2] && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':');
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.parse::<u8>().is_ok());
    let is_clock = is_number(parts.next()) && is_number(parts.next()) && is_number(parts.next());
    is_clock && parts.next().is_none() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
