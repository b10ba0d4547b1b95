//! A request as a PHP program.

use spektrix_v2::Method;

use super::{Context, SERVICE, body, target};
use crate::request::Request;

/// Returns a PHP program that uses PHP's extension for curl.
pub fn php(request: &Request, context: Context<'_>) -> String {
    let mut options = vec![
        "CURLOPT_SSLCERT => getenv('SPEKTRIX_CERT')".to_owned(),
        "CURLOPT_SSLKEY => getenv('SPEKTRIX_KEY')".to_owned(),
        "CURLOPT_RETURNTRANSFER => true".to_owned(),
    ];
    // With a body, both would send a POST.
    if request.method != Method::Get || request.body.is_some() {
        options.push(format!("CURLOPT_CUSTOMREQUEST => '{}'", request.method));
    }
    if context.in_session {
        options.push("CURLOPT_COOKIEFILE => 'cookies.txt'".to_owned());
        options.push("CURLOPT_COOKIEJAR => 'cookies.txt'".to_owned());
    }
    if let Some(body) = body(request) {
        options.push("CURLOPT_HTTPHEADER => ['Content-Type: application/xml']".to_owned());
        options.push(format!("CURLOPT_POSTFIELDS => {}", quoted(&body)));
    }
    let options = options.join(",\n    ");
    format!(
        "<?php\n\
         $base = getenv('SPEKTRIX_BASE_URL') ?: '{SERVICE}';\n\
         $call = curl_init($base . getenv('SPEKTRIX_CLIENT') . '/api/v2/{}api_key=' . rawurlencode(getenv('SPEKTRIX_API_KEY')));\n\
         curl_setopt_array($call, [\n    {options},\n]);\n\
         if (getenv('SPEKTRIX_CA')) {{\n    curl_setopt($call, CURLOPT_CAINFO, getenv('SPEKTRIX_CA'));\n}}\n\
         $body = curl_exec($call);\n\
         if ($body === false) {{\n    throw new RuntimeException(curl_error($call));\n}}\n\
         echo curl_getinfo($call, CURLINFO_RESPONSE_CODE), \"\\n\", $body;\n",
        target(request)
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn strings_are_quoted_for_php() {
        assert_eq!(quoted(r"o'neill \ $x"), r"'o\'neill \\ $x'");
    }
}
