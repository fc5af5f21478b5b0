using System.Text.RegularExpressions;

namespace ForensicHeads.Datasets.Layouts.General;

/// <summary>The few things that the YAML head of a Hugging Face <c>README.md</c> says of files: licence, words of labels, and which files
/// are of which part.</summary>
internal sealed partial class HuggingFaceCard
{
    private readonly List<(string Part, Regex Files)> parts = [];
    private readonly List<string> labels = [];

    private HuggingFaceCard()
    {
    }

    /// <summary>The licence; null for none.</summary>
    public string? Licence { get; private set; }

    /// <summary>The words of labels that are numbers, in order; empty for none.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>Whether a text begins with such a head and speaks of data in it.</summary>
    public static bool IsCard(string head) => head.StartsWith("---", StringComparison.Ordinal) && Keys().IsMatch(head);

    /// <summary>Reads the head of a card; lines that it does not know say nothing.</summary>
    public static HuggingFaceCard Of(IReadOnlyList<string> lines)
    {
        var card = new HuggingFaceCard();
        var (part, inNames) = ((string?)null, false);
        foreach (var line in lines.Skip(1).TakeWhile(line => line != "---"))
        {
            var text = line.TrimStart('-', ' ');
            var (name, value) = text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
                ? (Plain(text[..colon]), Plain(text[(colon + 1)..])) : ("", Plain(text));
            if (name == "license" && card.Licence is null) card.Licence = value.Length > 0 ? value : null;
            else if (name == "names") inNames = true;
            else if (inNames && value.Length > 0 && (name.Length == 0 || name.All(char.IsDigit))) card.labels.Add(value);
            else inNames = false;
            if (name == "split") part = value;
            else if (part is not null && name == "path" && value.Length > 0) card.Add(part, value);
            else if (part is not null && name.Length == 0 && value.Contains('/', StringComparison.Ordinal)) card.Add(part, value);
        }

        return card;
    }

    /// <summary>The part of a file, as the card has it; null for none.</summary>
    public string? PartOf(string file) => parts.FirstOrDefault(part => part.Files.IsMatch(file)).Part;

    private static string Plain(string text) => text.Trim().Trim('"', '\'').Trim();

    private void Add(string part, string glob)
    {
        var pattern = Regex.Escape(glob.TrimStart('.', '/')).Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        parts.Add((part, new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)));
    }

    [GeneratedRegex(@"^(?:configs|dataset_info|task_categories|pretty_name|size_categories):", RegexOptions.Multiline)]
    private static partial Regex Keys();
}
