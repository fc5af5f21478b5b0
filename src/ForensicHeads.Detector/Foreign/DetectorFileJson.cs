using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Detector.Foreign;

/// <summary>How a detector file is read: as strictly as JSON can be.</summary>
internal static class DetectorFileJson
{
    private const int MostShown = 40;

    /// <summary>Refuses a key that is there twice.</summary>
    public static JsonDocumentOptions Strict { get; } =
        new() { AllowDuplicateProperties = false, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The house's way, with names alone where a name is wanted.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>What is wrong, where, and what the text holds there, in one line.</summary>
    /// <param name="error">The error.</param>
    /// <param name="text">The JSON.</param>
    public static string Describe(JsonException error, string text)
    {
        var words = error.Describe();
        // The reader says no place of a key that is missing.
        var place = error.Path is { Length: > 2 } path && !words.Contains(path, StringComparison.Ordinal) ? $" It is at {path}." : "";
        return words + place + Said(text, error.Path);
    }

    private static string Said(string text, string? path)
    {
        if (path is null or "$") return "";
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            var at = document.RootElement;
            var parts = path.TrimStart('$').Replace("[", ".", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts)
                at = part.EndsWith(']') ? at[int.Parse(part[..^1], CultureInfo.InvariantCulture)] : at.GetProperty(part);
            if (at.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return "";
            var raw = PrintedText.Line(at.GetRawText());
            return $" It says {(raw.Length > MostShown ? raw[..MostShown] + "…" : raw)}.";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            return "";
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(CanonicalJson.Foreign);
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }
}

/// <summary>A number, or a list of numbers.</summary>
internal sealed class NumbersJson : JsonConverter<IReadOnlyList<double>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number) return [reader.GetDouble()];
        var numbers = new List<double>();
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            numbers.Add(reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : throw Wrong());
        return numbers;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);

    private static JsonException Wrong() => new("check.output is neither a number nor a list of numbers.");
}
