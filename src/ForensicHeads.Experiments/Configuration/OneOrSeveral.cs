using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>Reads a name or a list of names, and writes a single one as a name again.</summary>
internal sealed class OneOrSeveral : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return [reader.GetString()!];
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("a name or a list of names was expected.");
        return JsonSerializer.Deserialize<string[]>(ref reader, options) is { } names && names.All(name => name is not null) ? names : throw new JsonException("a list of names was expected, and one of them is null.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        if (value.Count == 1) writer.WriteStringValue(value[0]);
        else JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
