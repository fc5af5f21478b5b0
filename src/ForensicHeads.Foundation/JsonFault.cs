using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ForensicHeads.Foundation;

/// <summary>What is wrong with a JSON text, for the person whose file it is: without the types that the serialiser names.</summary>
public static partial class JsonFault
{
    /// <summary>One line that ends with a stop.</summary>
    public static string Describe(this JsonException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";
        text = UnknownMember().Replace(text, "the name $1 is not known here.");
        text = MissingMembers().Replace(text, "left out, but needed: $1.");
        text = OtherKind().Replace(text, match => $"the value is not {Kind(match.Groups[1].Value)}.");
        return Place().Replace(text, match => string.Create(CultureInfo.InvariantCulture,
            $" It is at {match.Groups[1].Value}, line {int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) + 1}."));
    }

    private static string Kind(string type) => type switch
    {
        "System.String" => "a text",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        _ when NamesOf(type) is { } names => $"one of {string.Join(", ", names)}",
        _ => "what belongs there",
    };

    private static IEnumerable<string>? NamesOf(string type) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type))
            .FirstOrDefault(found => found is { IsEnum: true })?.GetEnumNames().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    [GeneratedRegex(@"The JSON property ('[^']*') could not be mapped to any \.NET member contained in type '[^']*'\.")]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"JSON deserialization for type '[^']*' was missing required properties including: (.*?)\.(?= Path|$)")]
    private static partial Regex MissingMembers();

    [GeneratedRegex(@"The JSON value could not be converted to (?:System\.Nullable`1\[)?([^\s\]]+?)\]?\.(?= Path|$)")]
    private static partial Regex OtherKind();

    [GeneratedRegex(@" Path: (\S+) \| LineNumber: (\d+) \| BytePositionInLine: \d+\.")]
    private static partial Regex Place();
}
