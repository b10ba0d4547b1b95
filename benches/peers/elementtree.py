"""Times Python's ElementTree, and lxml if it is installed, on one body: a tree, and dictionaries.

Usage: python3 elementtree.py FILE ROUNDS
"""

import sys
import time
from xml.etree import ElementTree

try:
    from lxml import etree
except ImportError:
    etree = None


def values(node):
    """Returns an element's attributes and children as a dictionary, or its text."""
    result = {"@" + name: value for name, value in node.attrib.items()}
    for child in node:
        result.setdefault(child.tag, []).append(values(child))
    return result or node.text


def best(name, rounds, work):
    shortest = None
    for _ in range(rounds):
        start = time.perf_counter_ns()
        work()
        took = time.perf_counter_ns() - start
        shortest = took if shortest is None else min(shortest, took)
    print(f"{name}\t{shortest}")


with open(sys.argv[1], "rb") as file:
    body = file.read()
rounds = int(sys.argv[2])
best("Python ElementTree, tree", rounds, lambda: ElementTree.fromstring(body))
best("Python ElementTree, dictionaries", rounds, lambda: values(ElementTree.fromstring(body)))
if etree is not None:
    best("Python lxml, tree", rounds, lambda: etree.fromstring(body))
    best("Python lxml, dictionaries", rounds, lambda: values(etree.fromstring(body)))
