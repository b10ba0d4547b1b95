// Times C and C++ parsers of XML on one body, and prints the best of several rounds in nanoseconds.
//
// Usage: parsers FILE ROUNDS. `benches/src/bin/peers` compiles and runs it.

#include <expat.h>
#include <libxml/parser.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>
#include <string>
#include <vector>

// The compiler must not drop work whose result is not used.
static volatile size_t sink;

// Parsing in place changes the text, so each round gets a copy. Copying is not timed.
template <class Work>
static void best(const char *name, const std::string &body, int rounds, Work work) {
    double shortest = 1e18;
    for (int round = 0; round < rounds; round++) {
        std::string copy = body;
        auto start = std::chrono::steady_clock::now();
        sink = work(copy);
        std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
        shortest = std::min(shortest, took.count());
    }
    std::printf("%s\t%.0f\n", name, shortest);
}

static size_t walk(pugi::xml_node node) {
    size_t length = 0;
    for (auto child : node.children()) length += std::strlen(child.value()) + walk(child);
    return length;
}

struct Attribute {
    std::string name, value;
};

// An instance as this crate decodes it, but with dates as strings.
struct Instance {
    int id = 0, event = 0, plan = 0, price_list = 0;
    bool is_on_sale = false;
    std::vector<Attribute> attributes;
    std::string start, start_utc, start_selling_at, start_selling_at_utc, stop_selling_at, stop_selling_at_utc;
};

static Instance instance(pugi::xml_node node) {
    Instance result;
    result.id = node.attribute("id").as_int();
    for (auto child : node.children()) {
        const char *name = child.name();
        auto is = [name](const char *other) { return !std::strcmp(name, other); };
        if (is("Attribute")) result.attributes.push_back({child.child_value("Name"), child.child_value("Value")});
        else if (is("Event")) result.event = child.attribute("id").as_int();
        else if (is("IsOnSale")) result.is_on_sale = child.text().as_bool();
        else if (is("Plan")) result.plan = child.attribute("id").as_int();
        else if (is("PriceList")) result.price_list = child.attribute("id").as_int();
        else if (is("Start")) result.start = child.child_value();
        else if (is("StartUtc")) result.start_utc = child.child_value();
        else if (is("StartSellingAt")) result.start_selling_at = child.child_value();
        else if (is("StartSellingAtUtc")) result.start_selling_at_utc = child.child_value();
        else if (is("StopSellingAt")) result.stop_selling_at = child.child_value();
        else if (is("StopSellingAtUtc")) result.stop_selling_at_utc = child.child_value();
    }
    return result;
}

static size_t typed(std::string &body) {
    pugi::xml_document document;
    document.load_buffer_inplace(&body[0], body.size());
    std::vector<Instance> instances;
    for (auto node : document.document_element().children()) instances.push_back(instance(node));
    return instances.size();
}

static void XMLCALL on_start(void *count, const XML_Char *, const XML_Char **) { ++*static_cast<size_t *>(count); }
static void XMLCALL on_end(void *, const XML_Char *) {}
static void XMLCALL on_text(void *count, const XML_Char *, int length) { *static_cast<size_t *>(count) += length; }

static size_t expat(std::string &body) {
    size_t count = 0;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &count);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_Parse(parser, body.data(), int(body.size()), 1);
    XML_ParserFree(parser);
    return count;
}

static size_t libxml2(std::string &body) {
    xmlDocPtr document = xmlReadMemory(body.data(), int(body.size()), nullptr, nullptr, 0);
    size_t found = document != nullptr;
    xmlFreeDoc(document);
    return found;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    std::ifstream file(arguments[1], std::ios::binary);
    std::string body((std::istreambuf_iterator<char>(file)), {});
    int rounds = std::atoi(arguments[2]);
    best("C++ pugixml, parse", body, rounds, [](std::string &body) {
        pugi::xml_document document;
        return size_t(document.load_buffer_inplace(&body[0], body.size()).status);
    });
    best("C++ pugixml, parse and walk", body, rounds, [](std::string &body) {
        pugi::xml_document document;
        document.load_buffer_inplace(&body[0], body.size());
        return walk(document);
    });
    if (body.find("<Instances") != std::string::npos) best("C++ pugixml, typed structs", body, rounds, typed);
    best("C expat, events", body, rounds, expat);
    best("C libxml2, tree", body, rounds, libxml2);
}
