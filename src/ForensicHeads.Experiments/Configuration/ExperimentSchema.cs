using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>The form of an experiment file as a JSON schema, for editors: what each field is, what it may hold and what it is when left
/// out. It is made of the code that reads the file, so that the two cannot differ.</summary>
public static partial class ExperimentSchema
{
    private static readonly Dictionary<string, XDocument?> Documents = [];

    /// <summary>The schema (JSON Schema 2020-12).</summary>
    public static JsonObject Make()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var reader = new JsonSerializerOptions(CanonicalJson.Foreign) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var schema = reader.GetJsonSchemaAsNode(typeof(ExperimentConfig), options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "ForensicHeads experiment");
        var defaults = Node(new ExperimentConfig { Name = "" });
        defaults.Remove("name");
        SetDefaults(schema, defaults);
        // What is null unless asked for has defaults of its own.
        SetDefaults(schema["properties"]!["procedural"]!.AsObject(), Node(new ProceduralOptions()));
        schema["properties"]!["procedural"]!["properties"]!["renderer"]!["default"] = RendererVersions.NameOf(default);
        SetDefaults(schema["properties"]!["generator"]!["properties"]!["continue"]!.AsObject(), Node(new TrainOptions()));
        foreach (var (field, names) in new (string, IEnumerable<string>)[]
        {
            ("conditions", FrameConditions.All.Names), ("ladder", FrameConditions.Ladder), ("families", FeatureFamilies.All),
        }) schema["properties"]![field]!["items"] = new JsonObject { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
        schema["properties"]!["detectors"]!["items"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray([.. Detectors.All.Names.Select(name => (JsonNode)name)]) },
                new JsonObject { ["type"] = "string", ["pattern"] = $"{Regex.Escape(DetectorFile.Ending)}$" }),
        };
        schema["properties"]!["generators"]!["items"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject
                {
                    ["enum"] = new JsonArray([.. Generators.Of(GeneratorPart.Attacker).Prepend(Generators.FewShot)
                        .Select(one => (JsonNode)one.Name)]),
                },
                new JsonObject { ["type"] = "string", ["pattern"] = $"{Regex.Escape(GeneratorFile.Ending)}$" },
                new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("store", "generator"),
                    ["additionalProperties"] = false,
                    ["properties"] = new JsonObject
                    {
                        ["store"] = new JsonObject { ["type"] = "string" },
                        ["generator"] = new JsonObject { ["type"] = "string" },
                    },
                }),
        };
        return schema;
    }

    /// <summary>Every field in the order of the file: its path, what it is, what it may hold, and its default as JSON.</summary>
    public static IReadOnlyList<(string Path, string What, string Holds, string Default)> Fields() => [.. Fields(Make(), "")];

    private static JsonObject Node<T>(T value) => JsonSerializer.SerializeToNode(value, CanonicalJson.Indented)!.AsObject();

    private static IEnumerable<(string, string, string, string)> Fields(JsonNode schema, string above)
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            if (value is not JsonObject field || name == "$schema") continue;
            yield return (above + name, field["description"]?.GetValue<string>() ?? "", Holds(field),
                field.TryGetPropertyValue("default", out var usual) ? usual?.ToJsonString(CanonicalJson.Line) ?? "null" : "");
            foreach (var inner in Fields(field, $"{above}{name}.")) yield return inner;
        }
    }

    private static string Holds(JsonObject field)
    {
        if ((field["enum"] ?? field["items"]?["enum"] ?? field["items"]?["anyOf"]?[0]?["enum"]) is JsonArray names)
            return string.Join(", ", names.Where(name => name is not null).Select(name => name!.ToString()))
                + (field["items"]?["anyOf"] is JsonArray forms ? forms.Count == 2 ? $", NAME{DetectorFile.Ending}"
                    : $", NAME{GeneratorFile.Ending}, or store and generator of finished fakes" : "");
        var types = field["type"] switch
        {
            JsonArray several => several.Select(type => type!.ToString()),
            { } one => [one.ToString()],
            null => ["string", "array"],
        };
        return string.Join(" or ", types.Where(type => type != "null").Select(type => type switch
        {
            "string" => "text",
            "integer" => "whole number",
            "boolean" => "true or false",
            "array" => "list",
            "object" => "the fields below",
            _ => type,
        }));
    }

    private static void SetDefaults(JsonObject schema, JsonObject defaults)
    {
        foreach (var (name, value) in schema["properties"]!.AsObject())
        {
            if (value is not JsonObject field || !defaults.ContainsKey(name)) continue;
            if (field["properties"] is not null && defaults[name] is JsonObject inner) SetDefaults(field, inner);
            else field["default"] = defaults[name]?.DeepClone();
        }
    }

    private static JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        // A converter of our own tells the exporter nothing.
        var field = node as JsonObject ?? [];
        if (context.PropertyInfo?.AttributeProvider is not MemberInfo member) return field;
        if (member.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType == typeof(OneOrSeveral))
            field["type"] = new JsonArray("string", "array");
        if (Summary(member) is { Length: > 0 } text) field.Insert(0, "description", text);
        return field;
    }

    /// <summary>What the code's own documentation says of a property.</summary>
    private static string Summary(MemberInfo member)
    {
        var type = member.DeclaringType!;
        var assembly = type.Assembly.GetName().Name!;
        if (!Documents.TryGetValue(assembly, out var document))
        {
            var path = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
            Documents[assembly] = document = File.Exists(path) ? XDocument.Load(path) : null;
        }

        var name = $"P:{type.FullName!.Replace('+', '.')}.{member.Name}";
        var summary = document?.Descendants("member").FirstOrDefault(entry => entry.Attribute("name")?.Value == name)?.Element("summary");
        return summary is null ? "" : Spaces().Replace(string.Concat(summary.Nodes().Select(Words)), " ").Trim();
    }

    private static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref")?.Value is { } cref =>
            JsonNamingPolicy.SnakeCaseLower.ConvertName(cref.Split('(')[0].Split('.', ':')[^1]),
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
