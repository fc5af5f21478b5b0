using System.Text.Json;

namespace ForensicHeads.Cli.Scoring;

/// <summary>What an earlier run left in the folder of a report.</summary>
internal static class EarlierEvaluation
{
    private static readonly string[] Results = ["results.json", "results.md", "scores.parquet", "report.html"];

    /// <summary>Two protocols write files of different names, so the second one's list of files would sign the first one's, too.</summary>
    /// <exception cref="UserErrorException">The folder holds results of another protocol or command.</exception>
    public static void Check(string folder, string protocol)
    {
        if (!Results.Any(name => PlainFile.IsThere(folder, name))) return;
        var (known, last) = LastStart(folder);
        if (!known) (known, last) = Named(folder);
        if (!known || last == protocol) return;
        var what = last is null ? "results of another command" : $"results of {last}";
        throw new UserErrorException(
            $"{folder} holds {what}, and {protocol} would leave some of them beside its own. Choose another folder, or empty it first.",
            exitCode: 2);
    }

    // The protocol of the last run that began; null where it had none, as with other commands.
    private static (bool Known, string? Protocol) LastStart(string folder)
    {
        if (!PlainFile.IsThere(folder, EvidenceLog.Name)) return (false, null);
        (bool, string?) last = (false, null);
        foreach (var line in PlainFile.ReadLines(folder, EvidenceLog.Name))
        {
            if (Parse(line) is not { } root || Text(root, "what") != "start") continue;
            last = (true, root.TryGetProperty("facts", out var facts) ? Text(facts, "protocol") : null);
        }

        return last;
    }

    private static (bool Known, string? Protocol) Named(string folder) =>
        PlainFile.IsThere(folder, Results[0]) && Parse(PlainFile.ReadText(folder, Results[0])) is { } root ? (true, Text(root, "protocol"))
            : (false, null);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    // A line that a power cut tore says nothing; opening the log deals with it.
    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
