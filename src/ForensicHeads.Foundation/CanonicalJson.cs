using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Foundation;

/// <summary>The one way the toolkit writes JSON: snake_case names, round-trip numbers, nulls kept, LF line ends.</summary>
/// <remarks>NaN and infinities have no JSON form; callers write null for undefined values.</remarks>
public static class CanonicalJson
{
    private const string Again = "Restore it or make it again.";

    /// <summary>Indented, for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>One line, for .jsonl files and pipes.</summary>
    public static JsonSerializerOptions Line { get; } = Create(indented: false);

    /// <summary>For reading what strangers wrote: a null is taken only where a member may be null, so that a hostile file fails at once and
    /// in one place.</summary>
    public static JsonSerializerOptions Foreign { get; } = new(Line) { RespectNullableAnnotations = true };

    /// <summary>Serialises with <see cref="Indented"/> and ends with a line feed.</summary>
    public static string ToText<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>Serialises to one line without a line feed.</summary>
    public static string ToLine<T>(T value) => JsonSerializer.Serialize(value, Line);

    /// <summary>Reads a file that came in a folder.</summary>
    /// <inheritdoc cref="Read{T}(string)"/>
    public static T Read<T>(string folder, string name) => Read<T>(folder, name, text => text);

    /// <summary>Reads a file that came in a folder, its text brought up to date first.</summary>
    /// <inheritdoc cref="Read{T}(string)"/>
    public static T Read<T>(string folder, string name, Func<string, string> today) =>
        Parse<T>(Path.Combine(folder, name), () => today(PlainFile.ReadText(folder, name)), Foreign);

    /// <summary>Reads a file that the user named.</summary>
    /// <exception cref="UserErrorException">Missing file, no plain file, or not JSON of the expected form.</exception>
    public static T Read<T>(string path) => Parse<T>(path, () => PlainFile.ReadText(path), Indented);

    /// <summary>Reads text that came in a file.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="where">Where it stands, for the message.</param>
    /// <param name="advice">What to do where it is wrong, a sentence.</param>
    /// <exception cref="UserErrorException">Not JSON of the expected form.</exception>
    public static T OfText<T>(string text, string where, string advice = Again) => Parse<T>(where, () => text, Foreign, advice);

    private static T Parse<T>(string path, Func<string> read, JsonSerializerOptions options, string advice = Again)
    {
        try
        {
            var document = JsonSerializer.Deserialize<T>(PlainFile.Reading(path, read), options)
                ?? throw new JsonException("the file holds null.");
            return MissingParts.In(document) is { } where ? throw new JsonException($"{where} is null.") : document;
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not a valid {OptionCheck.Words(typeof(T).Name.Replace("File", "", StringComparison.Ordinal))} file: "
                + $"{error.Describe()} {advice}",
                inner: error);
        }
    }

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        WriteIndented = indented,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}

/// <summary>Finds nulls in lists that may hold none: the reader of JSON minds members alone.</summary>
internal static class MissingParts
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, bool MayHoldNulls)[]> Known = new();

    /// <summary>Where a document holds such a null, <c>rows[3]</c>; null for nowhere.</summary>
    public static string? In(object? value)
    {
        if (value is null || value.GetType().Namespace?.StartsWith("ForensicHeads", StringComparison.Ordinal) != true) return null;
        foreach (var (property, mayHoldNulls) in Known.GetOrAdd(value.GetType(), Lists))
        {
            var member = property.GetValue(value);
            if (member is not IEnumerable items || member is string)
            {
                if (In(member) is { } deeper) return $"{property.Name}.{deeper}";
                continue;
            }

            foreach (var (i, item) in items.Cast<object?>().Index())
            {
                if (item is null && !mayHoldNulls) return $"{property.Name}[{i}]";
                if (In(item) is { } deeper) return $"{property.Name}[{i}].{deeper}";
            }
        }

        return null;
    }

    private static (PropertyInfo, bool)[] Lists(Type type)
    {
        var context = new NullabilityInfoContext();
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
                .Select(property =>
                (property, context.Create(property).GenericTypeArguments.Any(argument => argument.ReadState == NullabilityState.Nullable))),
        ];
    }
}
