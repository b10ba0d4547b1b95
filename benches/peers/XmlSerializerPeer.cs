// Times .NET's XmlSerializer, as Mono has it, on instances, and XmlReader on any list.
// Usage: mono XmlSerializerPeer.exe FILE ROUNDS

using System;
using System.Diagnostics;
using System.IO;
using System.Xml;
using System.Xml.Serialization;

public class Reference {
    [XmlAttribute("id")] public int Id;
}

public class UserAttribute {
    public string Name;
    public string Value;
}

public class Instance {
    [XmlAttribute("id")] public int Id;
    [XmlElement("Attribute")] public UserAttribute[] Attributes;
    public Reference Event;
    public bool IsOnSale;
    public Reference Plan;
    public Reference PriceList;
    public DateTime Start, StartUtc, StartSellingAt, StartSellingAtUtc, StopSellingAt, StopSellingAtUtc;
}

[XmlRoot("Instances")]
public class Instances {
    [XmlElement("Instance")] public Instance[] Items;
}

public static class Program {
    static void Best(string name, int rounds, Action work) {
        var shortest = double.MaxValue;
        for (var round = 0; round < rounds; round++) {
            var clock = Stopwatch.StartNew();
            work();
            shortest = Math.Min(shortest, clock.ElapsedTicks * 1e9 / Stopwatch.Frequency);
        }
        Console.WriteLine("{0}\t{1:F0}", name, shortest);
    }

    public static void Main(string[] arguments) {
        var body = File.ReadAllText(arguments[0]);
        var rounds = int.Parse(arguments[1]);
        Best("Mono XmlReader, nodes", rounds, () => {
            var reader = XmlReader.Create(new StringReader(body));
            while (reader.Read()) { }
        });
        if (body.Contains("<Instances")) {
            var serializer = new XmlSerializer(typeof(Instances));
            Best("Mono XmlSerializer, typed objects", rounds, () => serializer.Deserialize(new StringReader(body)));
        }
    }
}
