# Times Ruby's REXML, and Nokogiri if it is installed, on one body: a tree, and hashes.
# Usage: ruby nokogiri.rb FILE ROUNDS

require "rexml/document"
begin
  require "nokogiri"
rescue LoadError
  # Only REXML is timed.
end

def rexml_values(node)
  result = {}
  node.attributes.each { |name, value| result["@#{name}"] = value }
  node.elements.each { |child| (result[child.name] ||= []) << rexml_values(child) }
  result.empty? ? node.text : result
end

def nokogiri_values(node)
  result = {}
  node.attribute_nodes.each { |attribute| result["@#{attribute.name}"] = attribute.value }
  node.elements.each { |child| (result[child.name] ||= []) << nokogiri_values(child) }
  result.empty? ? node.text : result
end

def best(name, rounds)
  shortest = (1..rounds).map do
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
    yield
    Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - start
  end.min
  puts "#{name}\t#{shortest}"
end

body = File.read(ARGV[0], encoding: "UTF-8")
rounds = ARGV[1].to_i
# REXML takes hundreds of times as long as the others.
best("Ruby REXML, tree", [rounds / 20, 3].max) { REXML::Document.new(body) }
best("Ruby REXML, hashes", [rounds / 20, 3].max) { rexml_values(REXML::Document.new(body).root) }
if defined?(Nokogiri)
  best("Ruby Nokogiri, tree", rounds) { Nokogiri::XML(body) }
  best("Ruby Nokogiri, hashes", rounds) { nokogiri_values(Nokogiri::XML(body).root) }
end
