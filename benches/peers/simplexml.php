<?php
// Times PHP's SimpleXML on one body: a tree, and an array of arrays as a website would make of it.
// Usage: php simplexml.php FILE ROUNDS

function values(SimpleXMLElement $node): array|string {
    $values = [];
    foreach ($node->attributes() as $name => $value) {
        $values["@$name"] = (string) $value;
    }
    foreach ($node->children() as $name => $child) {
        $values[$name][] = values($child);
    }
    return $values ?: (string) $node;
}

function best(string $name, int $rounds, callable $work): void {
    $shortest = PHP_INT_MAX;
    for ($round = 0; $round < $rounds; $round++) {
        $start = hrtime(true);
        $work();
        $shortest = min($shortest, hrtime(true) - $start);
    }
    echo "$name\t$shortest\n";
}

$body = file_get_contents($argv[1]);
$rounds = (int) $argv[2];
best("PHP SimpleXML, tree", $rounds, fn() => simplexml_load_string($body));
best("PHP SimpleXML, arrays", $rounds, fn() => values(simplexml_load_string($body)));
