using System.Text.RegularExpressions;

namespace ForensicHeads.Cli.Tests.Documents;

/// <summary>A line that a reader would type: where it stands, and the HTML comment that marks its block ("" for none).</summary>
internal sealed record TypedLine(string Page, int Line, string Text, string Mark);

/// <summary>A page of the repository for people, taken apart.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string name)
    {
        Name = name;
        Lines = File.ReadAllLines(Repository.At(name));
        var (fence, mark) = (false, "");
        for (var i = 0; i < Lines.Length; i++)
        {
            var line = Lines[i];
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = !fence;
                if (fence) Fences.Add((i + 1, line[3..].Trim(), mark));
            }
            else if (fence && Fences[^1].Language == "bash")
            {
                Typed(i, Fences[^1].Mark);
            }
            else if (!fence)
            {
                Prose.Add((i + 1, line));
                mark = Mark().Match(line).Groups[1].Value;
            }
        }
    }

    /// <summary>The pages for people in reading order: README, the pages of its table, the guide for contributors.</summary>
    public static MarkdownPage[] Guides { get; } =
    [
        .. File.ReadLines(Repository.At("README.md")).Where(line => line.StartsWith('|'))
            .SelectMany(line => Link().Matches(line)).Select(link => link.Groups[1].Value)
            .Where(target => target.StartsWith("docs/", StringComparison.Ordinal))
            .Prepend("README.md").Append("CONTRIBUTING.md").Distinct().Select(name => new MarkdownPage(name)),
    ];

    /// <summary>Every page of the repository.</summary>
    public static MarkdownPage[] All { get; } =
    [
        .. Guides,
        .. new[] { "datasets", "notebooks", "reports", "tests/ForensicHeads.Fuzz" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Where(name => !name.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => new MarkdownPage(name)),
    ];

    /// <summary>Its path below the repository.</summary>
    public string Name { get; }

    /// <summary>All lines.</summary>
    public string[] Lines { get; }

    /// <summary>Line, language and mark of every fenced block.</summary>
    public List<(int Line, string Language, string Mark)> Fences { get; } = [];

    /// <summary>What bash blocks hold, lines that end with a backslash joined to the next.</summary>
    public List<TypedLine> Commands { get; } = [];

    /// <summary>The lines outside of fenced blocks.</summary>
    public List<(int Line, string Text)> Prose { get; } = [];

    /// <summary>The headings, without their marks.</summary>
    public IEnumerable<string> Headings =>
        Prose.Where(line => line.Text.StartsWith('#')).Select(line => line.Text.TrimStart('#').Trim());

    /// <summary>What comes after '#' in links to the headings, and to places that have a name.</summary>
    public IEnumerable<string> Anchors =>
        Headings.Select(heading => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-'))
            .Concat(Prose.SelectMany(line => Place().Matches(line.Text).Select(place => place.Groups[1].Value)));

    /// <summary>Targets of links and pictures.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        Prose.SelectMany(line => Link().Matches(line.Text).Select(link => (line.Line, link.Groups[1].Value)));

    /// <summary>Code inside of sentences.</summary>
    public IEnumerable<(int Line, string Text)> Spans =>
        Prose.SelectMany(line => Span().Matches(line.Text).Select(span => (line.Line, span.Groups[1].Value)));

    private void Typed(int index, string mark)
    {
        var text = Lines[index].Trim();
        var last = Commands.LastOrDefault();
        if (last?.Text.EndsWith('\\') == true) Commands[^1] = last with { Text = last.Text[..^1] + text };
        else if (text.Length > 0 && text[0] != '#') Commands.Add(new TypedLine(Name, index + 1, text, mark));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^<!-- (.*) -->$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex Place();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
